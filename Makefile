# Two commands do everything: `make demo` and `make test`. Both install libyaml when it is missing and they may.

.PHONY: demo test soak fuzz semantics mutants build lint format clean prerequisites benchmarks instructions

demo: prerequisites
	@scripts/demo

test: prerequisites
	swift test

# Engine against interpreter on as many random networks as are asked for, for as long as it takes: make soak SEEDS=1-100000. It goes on where
# it stopped. KIND is walks, pairs, ways (shared ones against each pair's own), completions, or coverage (what the networks have, and what of
# it decides). What it finds is shrunk and saved in .build-soak/found; `.build-soak/release/soak explain FILE` says what each makes of it.
SEEDS ?= 1-10000
KIND ?= walks
soak: prerequisites
	TIERPROOF_DEV=1 swift build -c release --product soak --scratch-path .build-soak
	.build-soak/release/soak $(KIND) $(SEEDS) .build-soak/found

# Writes docs/semantics.md anew from fixtures/semantics. The recording run fails by itself, so that it approves nothing; the second one judges.
semantics: prerequisites
	-TIERPROOF_RECORD=1 swift test --filter "SemanticsTests"
	swift test --filter "SemanticsTests"

# Every reader in turn, for a number of executions or of seconds each: make fuzz RUNS=1000000, make fuzz SECONDS=60
fuzz: prerequisites
	RUNS=$(RUNS) FOR=$(SECONDS) scripts/fuzz

# CPU seconds of every stage on made-up estates and the generated cluster: make benchmarks SIZES="1000 10000"
SIZES ?= 1000 10000
benchmarks: prerequisites
	scripts/benchmarks $(SIZES)

# Instructions of five small pieces of work against those that are kept; after a change that is meant: scripts/instructions --record
instructions: prerequisites
	TIERPROOF_DEV=1 swift build -c release --static-swift-stdlib --product Benchmarks
	TIERPROOF_DEV=1 swift build -c release --static-swift-stdlib --product tierproof
	scripts/instructions

# Makes systematic mistakes in the code and sees whether a test notices each: may be stopped, and goes on where it was. About an hour the
# first time. Ends in error while a mutant lives that Mutation/explained.txt does not explain.
MUTANTS = .build-mutants/tool/debug/mutants
mutants: prerequisites
	swift build --package-path Mutation --scratch-path .build-mutants/tool --product mutants
	$(MUTANTS) build
	nice -n 15 $(MUTANTS) run
	$(MUTANTS) check

build: prerequisites
	swift build -c release --static-swift-stdlib --product tierproof

FORMATTED = Package.swift Sources Tests Fuzzing Benchmarks Mutation/Package.swift Mutation/Sources Mutation/Tests
lint: prerequisites
	swift format lint --strict --recursive --parallel $(FORMATTED)
	scripts/check-target-graph

format: prerequisites
	swift format --in-place --recursive --parallel $(FORMATTED)

clean:
	rm -rf .build .build-mutants novamind.sarif

prerequisites:
	@scripts/prerequisites
