package dev.tutti.cli;

import dev.tutti.api.DeploymentView;
import dev.tutti.api.DeploymentView.ModelCounts;
import dev.tutti.api.EventView;
import dev.tutti.api.ImageView;
import dev.tutti.api.ModelView;
import dev.tutti.api.WorkloadView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the API's objects look to a person. */
final class Views {
  private static final DateTimeFormatter EVENT_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

  private final Clock clock;

  Views(Clock clock) {
    this.clock = clock;
  }

  /** With the simulation's id, or with the whole id of the deployment. */
  Table<ModelView> models(boolean wholeIds) {
    Column<ModelView> deployment =
        wholeIds
            ? Column.of("DEPLOYMENT", ModelView::deployment)
            : Column.of("SIMULATION", model -> DeploymentId.of(model.deployment()).simulation());
    return new Table<>(
        List.of(
            Column.of("MODEL", ModelView::model),
            deployment,
            Column.state(ModelView::state),
            Column.of("EXIT", Views::exit),
            Column.of("AGE", model -> age(model.created())),
            Column.shrinking("REASON", ModelView::reason),
            Column.extra("IMAGE", ModelView::image),
            Column.extra("WORKLOAD", model -> text(model.workload())),
            Column.extra("ID", ModelView::id)));
  }

  Details model(ModelView model) {
    return new Details(clock.getZone())
        .line("model", model.model())
        .line("id", model.id())
        .line("deployment", model.deployment())
        .line("image", model.image())
        .state(model.state())
        .line("exit", exit(model))
        .line("reason", model.reason())
        .line("workload", model.workload())
        .line("created", model.created())
        .line("ready", model.ready())
        .line("ended", model.ended())
        .block("last lines", model.lastLines());
  }

  Table<DeploymentView> deployments() {
    return new Table<>(
        List.of(
            Column.of("SIMULATION", DeploymentView::simulationId),
            Column.of("ATTEMPT", deployment -> Integer.toString(deployment.attempt())),
            Column.of("SIMULATOR", DeploymentView::simulatorName),
            Column.state(DeploymentView::state),
            Column.of("AGE", deployment -> age(deployment.created())),
            Column.shrinking("MODELS", deployment -> counts(deployment.models())),
            Column.shrinking("REASON", DeploymentView::reason),
            Column.extra("SIMULATOR ID", DeploymentView::simulatorId),
            Column.extra("ID", DeploymentView::id)));
  }

  Details deployment(DeploymentView deployment) {
    return new Details(clock.getZone())
        .line("simulation", deployment.simulationId())
        .line("id", deployment.id())
        .line("attempt", deployment.attempt())
        .line("simulator", deployment.simulatorName())
        .line("simulator id", deployment.simulatorId())
        .state(deployment.state())
        .line("reason", deployment.reason())
        .line("models", counts(deployment.models()))
        .line("keeps logs", hours(deployment.keepLogsHours()))
        .line("created", deployment.created())
        .line("ready", deployment.ready())
        .line("ended", deployment.ended());
  }

  Table<WorkloadView> workloads() {
    return new Table<>(
        List.of(
            Column.of("WORKLOAD", WorkloadView::id),
            Column.of("SUBJECT", WorkloadView::subject),
            Column.state(WorkloadView::state),
            Column.of("EXIT", workload -> exit(workload.exitCode())),
            Column.of("AGE", workload -> age(workload.created())),
            Column.of("BACKPLANE", WorkloadView::backplane),
            Column.shrinking("IMAGE", WorkloadView::image),
            Column.shrinking("REASON", WorkloadView::reason),
            Column.extra("OWNER", WorkloadView::owner)));
  }

  Details workload(WorkloadView workload) {
    return new Details(clock.getZone())
        .line("workload", workload.id())
        .line("owner", workload.owner())
        .line("subject", workload.subject())
        .line("backplane", workload.backplane())
        .line("image", workload.image())
        .state(workload.state())
        .line("exit", exit(workload.exitCode()))
        .line("reason", workload.reason())
        .line("created", workload.created())
        .line("started", workload.started())
        .line("ended", workload.ended())
        .block("last lines", workload.lastLines());
  }

  static Table<ImageView> images() {
    return new Table<>(
        List.of(
            Column.of("REFERENCE", ImageView::reference),
            Column.shrinking("COMMAND", image -> String.join(" ", image.command())),
            Column.shrinking("FOLDER", ImageView::workingDirectory),
            // Not the values: they may be secrets, and somebody may look over a shoulder.
            Column.shrinking(
                "VARIABLES", image -> String.join(" ", image.environment().keySet()))));
  }

  /** A line of {@code tutti event}. */
  String event(EventView event) {
    return Printable.line(
        "%s  %7d  %-22s  %s  %s"
            .formatted(
                EVENT_TIME.format(event.time().atZone(clock.getZone())),
                event.number(),
                event.type(),
                event.owner(),
                event.message()));
  }

  static String exit(ModelView model) {
    return exit(model.exitCode());
  }

  static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String exit(@Nullable Integer code) {
    return code == null ? "" : code.toString();
  }

  private static String counts(ModelCounts models) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, Integer> state :
        List.of(
            Map.entry("created", models.created()),
            Map.entry("running", models.running()),
            Map.entry("succeeded", models.succeeded()),
            Map.entry("failed", models.failed()))) {
      if (state.getValue() > 0) {
        parts.add(state.getValue() + " " + state.getKey());
      }
    }
    return models.total() + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
  }

  private static String hours(double hours) {
    return hours == 0 ? "" : hours + " h";
  }

  private String age(Instant since) {
    return Age.of(Duration.between(since, clock.instant()));
  }
}
