/// The module that the mutated files import: which mutant is alive, and which were met.
enum MutantSwitch {
  /// The variable that holds the number of the mutant that is alive; without it none is.
  static let variable = "TIERPROOF_MUTANT"
  /// The variable that names a folder: each process leaves there, in a file of its own, the numbers of the mutants that it met.
  static let metVariable = "TIERPROOF_MUTANTS_MET"

  static let header = """
    #include <stdbool.h>
    extern int tierproof_mutant;
    extern unsigned char tierproof_met[];
    /* Whether the mutant of this number is alive. */
    static inline bool mutant(int number) {
      tierproof_met[number] = 1;
      return tierproof_mutant == number;
    }

    """

  static func source(count: Int) -> String {
    """
    #include "MutantSwitch.h"
    #include <stdio.h>
    #include <stdlib.h>
    #include <unistd.h>

    int tierproof_mutant = -1;
    unsigned char tierproof_met[\(count + 1)];

    __attribute__((constructor)) static void choose(void) {
      const char *number = getenv("\(variable)");
      if (number) tierproof_mutant = atoi(number);
    }

    __attribute__((destructor)) static void tell(void) {
      const char *folder = getenv("\(metVariable)");
      char path[4096];
      if (!folder || snprintf(path, sizeof path, "%s/%d", folder, (int)getpid()) >= (int)sizeof path) return;
      FILE *file = fopen(path, "w");
      if (!file) return;
      for (int number = 0; number < \(count); number++)
        if (tierproof_met[number]) fprintf(file, "%d\\n", number);
      fclose(file);
    }

    """
  }

  /// What is added to the manifest: the module, and those that import it. The switch makes code that warns.
  static func manifest(_ targets: [String]) -> String {
    """

    package.targets.append(.target(name: "MutantSwitch"))
    for target in package.targets where \(targets).contains(target.name) {
      target.dependencies.append("MutantSwitch")
      target.swiftSettings?.append(.treatAllWarnings(as: .warning))
    }

    """
  }
}
