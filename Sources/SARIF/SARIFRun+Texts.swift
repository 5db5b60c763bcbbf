/// Changes every text that people are shown, in one place, so that none is left out.
extension SARIFRun {
  /// The run with its plain texts and names changed by one function, and its Markdown pages by another.
  ///
  /// A location's path is left alone: it is percent-encoded when it is written.
  package func mapTexts(_ plain: (String) -> String, markdown: (String) -> String) -> SARIFRun {
    var run = self
    run.rules = rules.map { rule in
      var rule = rule
      rule.id = plain(rule.id)
      rule.summary = plain(rule.summary)
      rule.description = plain(rule.description)
      rule.help = (text: plain(rule.help.text), markdown: markdown(rule.help.markdown))
      rule.tags = rule.tags.map(plain)
      return rule
    }
    run.results = results.map { result in
      var result = result
      result.ruleID = plain(result.ruleID)
      result.message = plain(result.message)
      result.location = result.location.mapTexts(plain)
      result.flows = result.flows.map { flow in
        var flow = flow
        flow.message = flow.message.map(plain)
        for index in flow.steps.indices { flow.steps[index].location = flow.steps[index].location.mapTexts(plain) }
        return flow
      }
      result.related = result.related.map { $0.mapTexts(plain) }
      result.properties = result.properties.map { ($0.name, plain($0.value)) }
      return result
    }
    run.notifications = notifications.map { notification in
      var notification = notification
      notification.message = plain(notification.message)
      notification.location = notification.location?.mapTexts(plain)
      return notification
    }
    return run
  }
}

extension SARIFLocation {
  fileprivate func mapTexts(_ plain: (String) -> String) -> SARIFLocation {
    var location = self
    location.message = message.map(plain)
    location.logicalName = logicalName.map(plain)
    return location
  }
}
