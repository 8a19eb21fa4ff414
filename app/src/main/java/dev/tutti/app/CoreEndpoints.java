package dev.tutti.app;

import dev.tutti.api.Page;
import dev.tutti.api.VersionView;
import dev.tutti.api.WorkloadView;
import dev.tutti.core.Failure;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Store;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Form;
import dev.tutti.core.surface.Listing;
import dev.tutti.core.surface.Parameter;
import dev.tutti.core.surface.Request;
import dev.tutti.core.workload.Workload;
import dev.tutti.core.workload.WorkloadLogs;
import dev.tutti.core.workload.WorkloadState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The routes of what every feature shares: workloads, the version. */
final class CoreEndpoints {

  private static final List<String> STATES =
      Stream.of(WorkloadState.values()).map(WorkloadState::word).toList();

  private final Store store;
  private final WorkloadLogs logs;
  private final VersionView version;

  CoreEndpoints(Store store, WorkloadLogs logs, VersionView version) {
    this.store = store;
    this.logs = logs;
    this.version = version;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/workloads", "Lists workloads.", Page.class, this::workloads)
            .paged(
                WorkloadView.class,
                List.of(
                    Parameter.states(STATES),
                    Parameter.query(
                        "owner", Form.text(), "Only those that run for this, as kind:id."),
                    Listing.NAME,
                    Listing.SINCE)),
        Endpoint.get(
                "/workloads/{id}",
                "Shows a workload.",
                WorkloadView.class,
                r -> Answer.ok(view(workload(r.path("id")), true)))
            .about(Workload.KIND, "id"),
        Endpoint.get(
                "/workloads/{id}/logs",
                "Gives the output of a workload, the last lines of it, or follows it.",
                Void.class,
                r -> logs.answer(r, r.path("id")))
            .with(WorkloadLogs.PARAMETERS)
            .giving(WorkloadLogs.TEXT),
        Endpoint.get("/version", "Says what runs.", VersionView.class, _ -> Answer.ok(version)));
  }

  private Answer workloads(Request request) {
    Listing listing = Listing.of(request);
    Optional<OwnerRef> owner = request.query("owner").map(EventFilter::owner);
    Predicate<String> name = listing.containing("name");
    Predicate<Instant> since = listing.since();
    Query of = Query.childrenOf(owner.map(OwnerRef::id).orElse(""));
    return listing.page(
        store,
        Workload.KIND,
        of.inStates(request.states(STATES)),
        d ->
            name.test(d.id())
                && since.test(d.body().created())
                && owner.stream().allMatch(d.body().owner()::equals),
        d -> view(d.body(), false));
  }

  private Workload workload(String id) {
    return store
        .find(Workload.KIND, id)
        .map(Document::body)
        .orElseThrow(() -> new Failure.NotFound("workload", id));
  }

  private WorkloadView view(Workload workload, boolean withLines) {
    return new WorkloadView(
        workload.id(),
        workload.owner().toString(),
        workload.subject(),
        version.backplane(),
        workload.image(),
        workload.state().word(),
        workload.exitCode(),
        workload.reason(),
        workload.created(),
        workload.started(),
        workload.ended(),
        withLines ? workload.lastLines() : List.of());
  }
}
