package dev.tutti.cli;

import dev.tutti.api.ExplanationView;
import dev.tutti.api.Resource;
import dev.tutti.api.TuttiClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code explain} of any noun: why it is as it is. */
abstract class ExplainCommand extends ClientCommand {
  @Mixin private final OutputOption output = new OutputOption();
  private final Resource<?> resource;

  ExplainCommand(TuttiCommand tutti, Resource<?> resource) {
    super(tutti);
    this.resource = resource;
  }

  /** The full id of what the person typed. */
  abstract String id(TuttiClient client);

  @Override
  protected int run(TuttiClient client) {
    String id = id(client);
    if (output.structured()) {
      print(output.text(json(), client.explain(resource, id, Tree.class)));
    } else {
      ExplanationView view = client.explain(resource, id, ExplanationView.class);
      around().out().print(new ExplanationText(around().clock(), around().coloured()).of(view));
      around().out().flush();
    }
    return ExitStatus.OK;
  }

  /** {@code tutti model explain}. */
  @Command(
      name = "explain",
      description = "Says why a model is as it is: what it waits for, what failed, what to do.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti model explain 1-model", "  tutti model explain sim02-abc/1-model -o json"})
  static final class OfModel extends ExplainCommand {
    @Parameters(paramLabel = "MODEL", description = "Its id, or simulation/model.")
    private String model = "";

    OfModel(TuttiCommand tutti) {
      super(tutti, Resource.MODELS);
    }

    @Override
    String id(TuttiClient client) {
      return new ShortNames(client).model(model);
    }
  }

  /** {@code tutti deployment explain}. */
  @Command(
      name = "explain",
      description =
          "Says why a deployment is as it is: what it waits for, what failed, what to do.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti deployment explain sim02-abc",
        "  tutti deployment explain dots-so~sim02-abc~1 -o json"
      })
  static final class OfDeployment extends ExplainCommand {
    @Parameters(paramLabel = "DEPLOYMENT", description = "Its id, or a simulation's.")
    private String deployment = "";

    OfDeployment(TuttiCommand tutti) {
      super(tutti, Resource.DEPLOYMENTS);
    }

    @Override
    String id(TuttiClient client) {
      return new ShortNames(client).deployment(deployment);
    }
  }

  /** {@code tutti workload explain}. */
  @Command(
      name = "explain",
      description = "Says why a workload is as it is: what it waits for, what failed, what to do.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti workload explain ID", "  tutti workload explain ID -o json"})
  static final class OfWorkload extends ExplainCommand {
    @Parameters(paramLabel = "ID", description = "Its id.")
    private String workload = "";

    OfWorkload(TuttiCommand tutti) {
      super(tutti, Resource.WORKLOADS);
    }

    @Override
    String id(TuttiClient client) {
      return workload;
    }
  }
}
