package dev.tutti.models;

import dev.tutti.core.run.Decision;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.Delivery;

/** What deployments have done beside notices and workloads. */
final class DeploymentCommand {

  /** All deployments wait in this one lane, so places are given in the order of requests. */
  static final String ADMISSION_LANE = "admission";

  /** Waits for places for all models, and tells the deployment. */
  static final CommandKind<OfDeployment> ADMIT =
      new CommandKind<>("admit", OfDeployment.class, Delivery.REPEATABLE);

  /** Reads the request and tells the deployment its models, slice by slice. */
  static final CommandKind<OfDeployment> LAUNCH =
      new CommandKind<>("launch", OfDeployment.class, Delivery.REPEATABLE);

  /** Deletes the request, which nobody needs any more. */
  static final CommandKind<Discard> DISCARD =
      new CommandKind<>("discard", Discard.class, Delivery.REPEATABLE);

  record OfDeployment(String deployment) {}

  record Discard(String blob) {}

  private DeploymentCommand() {}

  static void admit(Decision.Draft draft, String deployment) {
    draft.command(ADMIT, ADMISSION_LANE, new OfDeployment(deployment));
  }

  static void launch(Decision.Draft draft, Deployment deployment) {
    draft.command(LAUNCH, "launch/" + deployment.id(), new OfDeployment(deployment.id()));
  }

  static void discard(Decision.Draft draft, Deployment deployment) {
    if (!deployment.blob().isEmpty()) {
      draft.command(DISCARD, "launch/" + deployment.id(), new Discard(deployment.blob()));
    }
  }
}
