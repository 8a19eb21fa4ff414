package dev.tutti.app;

import dev.tutti.api.OrphanView;
import dev.tutti.api.Page;
import dev.tutti.core.backplane.Observation;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Form;
import dev.tutti.core.surface.Listing;
import dev.tutti.core.surface.Method;
import dev.tutti.core.surface.Parameter;
import dev.tutti.core.surface.Request;
import dev.tutti.core.surface.Requester;
import dev.tutti.core.surface.Role;
import dev.tutti.core.workload.Orphans;
import dev.tutti.core.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The routes of workloads that no record knows. */
final class OrphanEndpoints {

  private static final int LONGEST_GRACE = 600;
  private static final List<String> STATES = List.of("starting", "running", "ended");

  private final Orphans orphans;
  private final String backplane;
  private final Duration usualGrace;

  OrphanEndpoints(Orphans orphans, String backplane, Duration usualGrace) {
    this.orphans = orphans;
    this.backplane = backplane;
    this.usualGrace = usualGrace;
  }

  List<Endpoint> endpoints() {
    Parameter grace =
        Parameter.query(
                "grace", Form.whole(0, LONGEST_GRACE), "Seconds that it has to end by itself.")
            .otherwise(Long.toString(usualGrace.toSeconds()));
    return List.of(
        Endpoint.get(
                "/orphans",
                "Lists workloads with our mark that no record knows.",
                Page.class,
                this::list)
            .paged(
                OrphanView.class, List.of(Parameter.states(STATES), Listing.NAME, Listing.SINCE)),
        Endpoint.get(
            "/orphans/{id}",
            "Shows a workload with our mark that no record knows.",
            OrphanView.class,
            r -> Answer.ok(view(orphans.find(r.path("id"))))),
        Endpoint.post(
                "/orphans/{id}/adopt",
                "Makes a record of such a workload, so that it is supervised.",
                Void.class,
                Void.class,
                this::adopt)
            .refusing(409, "not-orphaned")
            .deciding(),
        new Endpoint(
                Method.DELETE,
                "/orphans/{id}",
                "Ends such a workload and deletes what is left of it.",
                Role.OPERATOR,
                Void.class,
                Void.class,
                this::remove)
            .with(grace)
            .refusing(409, "not-orphaned"),
        Endpoint.post(
                "/workloads/{id}/stop",
                "Ends an adopted workload; others are ended through what they run for.",
                Void.class,
                Void.class,
                this::stop)
            .answering(202, "It is asked to end.")
            .about(Workload.KIND, "id")
            .with(grace)
            .refusing(409, "workload-owned")
            .deciding());
  }

  private Answer list(Request request) {
    Listing listing = Listing.of(request);
    Set<String> states = request.states(STATES);
    Predicate<String> name = listing.containing("name");
    Predicate<Instant> since = listing.since();
    return listing.page(
        orphans.list().stream().map(this::view).toList(),
        OrphanView::id,
        orphan ->
            (states.isEmpty() || states.contains(orphan.state()))
                && name.test(orphan.id())
                && since.test(orphan.since()),
        Function.identity());
  }

  private OrphanView view(Orphans.Orphan orphan) {
    return new OrphanView(
        orphan.id().value(),
        backplane,
        state(orphan.observation()),
        orphan.particulars().image(),
        orphan.particulars().labels(),
        orphan.particulars().since(),
        orphan.particulars().place());
  }

  private static String state(Observation seen) {
    return switch (seen) {
      case Observation.Waiting _, Observation.Pulling _, Observation.Starting _ -> "starting";
      case Observation.Running _ -> "running";
      case Observation.Exited _, Observation.Vanished _ -> "ended";
    };
  }

  private Answer adopt(Request request) throws InterruptedException {
    var _ = orphans.adopt(request.path("id"), Requester.of(request));
    return Answer.noContent();
  }

  private Answer remove(Request request) {
    orphans.remove(request.path("id"), grace(request), Requester.of(request));
    return Answer.noContent();
  }

  private Answer stop(Request request) throws InterruptedException {
    var _ = orphans.stop(request.path("id"), grace(request), Requester.of(request));
    return new Answer.Empty(202);
  }

  private Duration grace(Request request) {
    return Duration.ofSeconds(
        request.number("grace", (int) usualGrace.toSeconds(), 0, LONGEST_GRACE));
  }
}
