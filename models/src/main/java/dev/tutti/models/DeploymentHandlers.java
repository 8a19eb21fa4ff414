package dev.tutti.models;

import dev.tutti.core.Failure;
import dev.tutti.core.run.CommandHandler;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.Document;
import dev.tutti.core.workload.Admission;
import dev.tutti.dots.LifecycleMessage.DeployModels;
import dev.tutti.dots.ModelConfiguration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what {@link DeploymentCommand} asks for. */
final class DeploymentHandlers {

  private static final Logger LOG = LoggerFactory.getLogger(DeploymentHandlers.class);

  private final Engine engine;
  private final Admission admission;
  private final Requests requests;

  DeploymentHandlers(Engine engine, Admission admission, Requests requests) {
    this.engine = engine;
    this.admission = admission;
    this.requests = requests;
  }

  void register() {
    engine.register(handler(DeploymentCommand.ADMIT, c -> admit(c.deployment())));
    engine.register(handler(DeploymentCommand.LAUNCH, c -> launch(c.deployment())));
    engine.register(handler(DeploymentCommand.DISCARD, c -> requests.discard(c.blob())));
  }

  private void admit(String id) {
    Optional<Deployment> queued =
        find(id).filter(d -> d.state() == DeploymentState.QUEUED && !d.stopping());
    if (queued.isEmpty()) {
      return;
    }
    engine.store().space().requireForNewWork();
    Deployment deployment = queued.get();
    if (!admission.tryReserve(id, deployment.models().total())) {
      throw new Failure.Unavailable("deployment %s waits for places".formatted(id));
    }
    engine.strands().tell(deployment.key().owner(), new DeploymentMessage.Admitted(id));
  }

  private void launch(String id) {
    Optional<Deployment> found = find(id).filter(d -> !d.models().allAccepted());
    if (found.isEmpty()) {
      return;
    }
    Deployment deployment = found.get();
    if (!deployment.stopping()) {
      engine.store().space().requireForNewWork();
    }
    Optional<DeployModels> request = requests.read(deployment.blob());
    if (request.isEmpty()) {
      LOG.error("the request of deployment {} cannot be read any more", id);
      engine.strands().tell(deployment.key().owner(), new DeploymentMessage.RequestLost(id));
      return;
    }
    List<ModelConfiguration> models = Requests.distinctModels(request.get());
    int from = deployment.models().accepted();
    while (from < models.size()) {
      int to = Math.min(models.size(), from + DeploymentMessage.Accept.SLICE);
      engine
          .strands()
          .tell(
              deployment.key().owner(),
              new DeploymentMessage.Accept(id, from, models.subList(from, to)));
      from = to;
    }
  }

  private Optional<Deployment> find(String id) {
    return engine.store().find(Deployment.KIND, id).map(Document::body);
  }

  private static <T extends Record> CommandHandler<T> handler(
      CommandKind<T> kind, Consumer<T> action) {
    return new CommandHandler<>() {
      @Override
      public CommandKind<T> kind() {
        return kind;
      }

      @Override
      public void execute(Command<T> command) {
        action.accept(command.body());
      }

      @Override
      public void failed(Command<T> command, RuntimeException cause) {
        LOG.error("{} of {} failed", kind, command.owner(), cause);
      }
    };
  }
}
