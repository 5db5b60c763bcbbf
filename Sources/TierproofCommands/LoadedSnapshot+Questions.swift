import Diagnostics
import Language
import Properties
import Reachability
import Reporting
import Snapshots

extension LoadedSnapshot {
  /// One report a question, in their order. Why a question has no answer is said on standard error too.
  ///
  /// Of input that could not be read nothing is said: what is missing might open a way or close one.
  func answer(_ questions: [String]) -> [QueryReport] {
    guard snapshot.isWhole else {
      return questions.map {
        QueryReport(question: $0, outcome: .failed("input could not be read: see standard error"))
      }
    }
    let evaluator = Evaluator(snapshot.ground())
    return questions.map { question in
      do throws(StatementError) {
        return QueryReport(question: question, outcome: .answered(try evaluator.answer(try Parser.query(question))))
      } catch {
        report(error, in: question)
        return QueryReport(question: question, outcome: .failed(error.description))
      }
    }
  }

  private func report(_ error: StatementError, in question: String) {
    var map = SourceMap()
    let file = map.add(path: "question", bytes: Array(question.utf8))
    let end = UInt32(question.utf8.count)
    let start = min(UInt32(clamping: error.span.start), end)
    let range = SourceRange(file: file, start: start, end: max(start, min(UInt32(clamping: error.span.end), end)))
    let diagnostic = Diagnostic(
      code: "", severity: .error, message: error.message,
      primary: Diagnostic.Label(range: range, text: error.suggestion ?? ""))
    say([diagnostic], in: map)
  }
}
