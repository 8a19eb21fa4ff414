package dev.tutti.models;

import dev.tutti.core.Problem;

/** What became of a request for a deployment. */
public sealed interface DeployOutcome {

  /** A new deployment was accepted and is durable. */
  record Accepted(String deployment) implements DeployOutcome {}

  /** An equal deployment is alive; nothing changed, the ends of its models are told again. */
  record Unchanged(String deployment) implements DeployOutcome {}

  /** It cannot be, and nothing changed. */
  record Refused(Problem problem) implements DeployOutcome {}
}
