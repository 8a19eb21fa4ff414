package dev.tutti.app;

import dev.tutti.api.EventView;
import dev.tutti.api.Page;
import dev.tutti.api.VersionView;
import dev.tutti.api.WorkloadView;
import dev.tutti.core.Failure;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.Problem;
import dev.tutti.core.run.JournalFeed;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Store;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.EventSource;
import dev.tutti.core.surface.Form;
import dev.tutti.core.surface.Parameter;
import dev.tutti.core.surface.Request;
import dev.tutti.core.workload.Workload;
import dev.tutti.core.workload.WorkloadLogs;
import dev.tutti.core.workload.WorkloadState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The routes of what every feature shares: workloads, events, the version. */
final class CoreEndpoints {

  private static final int PAGE = 100;
  private static final List<String> STATES =
      Stream.of(WorkloadState.values()).map(WorkloadState::word).toList();

  private final Store store;
  private final JournalFeed feed;
  private final WorkloadLogs logs;
  private final VersionView version;

  CoreEndpoints(Store store, JournalFeed feed, WorkloadLogs logs, VersionView version) {
    this.store = store;
    this.feed = feed;
    this.logs = logs;
    this.version = version;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/workloads", "Lists workloads.", Page.class, this::workloads)
            .listing(WorkloadView.class)
            .with(Parameter.states(STATES), Parameter.after())
            .with(Parameter.limit(PAGE, Query.MAX_LIMIT))
            .refusing(400, "invalid-query"),
        Endpoint.get(
            "/workloads/{id}",
            "Shows a workload.",
            WorkloadView.class,
            r -> Answer.ok(view(workload(r.path("id")), true))),
        Endpoint.get(
                "/workloads/{id}/logs",
                "Gives the output of a workload, the last lines of it, or follows it.",
                Void.class,
                r -> logs.answer(r, r.path("id")))
            .with(WorkloadLogs.PARAMETERS)
            .giving(WorkloadLogs.TEXT),
        Endpoint.get(
                "/events",
                "Lists events, or follows them as server-sent events when the client accepts those.",
                Page.class,
                this::events)
            .listing(EventView.class)
            .streaming(EventView.class)
            .with(
                Parameter.query("owner", Form.text(), "Only those of this owner, as kind:id."),
                Parameter.query(
                    "after", Form.whole(0, Long.MAX_VALUE), "Only those after this number."),
                Parameter.limit(PAGE, Query.MAX_LIMIT),
                Parameter.header(
                    "Last-Event-ID",
                    Form.whole(0, Long.MAX_VALUE),
                    "Where a stream goes on; from the newest event when absent."))
            .refusing(400, "invalid-query")
            .refusing(410, "events-gone"),
        Endpoint.get("/version", "Says what runs.", VersionView.class, _ -> Answer.ok(version)));
  }

  private Answer workloads(Request request) {
    int limit = request.number("limit", PAGE, 1, Query.MAX_LIMIT);
    List<Document<Workload>> page =
        store.list(
            Workload.KIND,
            new Query("", request.states(STATES), request.query("after").orElse(""), limit));
    return Answer.ok(
        new Page<>(
            page.stream().map(d -> view(d.body(), false)).toList(),
            page.size() == limit ? page.getLast().id() : null));
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

  private Answer events(Request request) throws InterruptedException {
    Optional<OwnerRef> owner = request.query("owner").map(CoreEndpoints::owner);
    boolean follow =
        request.header("Accept").map(a -> a.contains("text/event-stream")).orElse(false);
    if (follow) {
      long after =
          position(request.header("Last-Event-ID").or(() -> request.query("after")))
              .orElseGet(feed::last);
      // Says 410 before the stream begins, when that is gone.
      feed.after(after, owner, Duration.ZERO);
      return new Answer.Events(new Following(feed, owner, after));
    }
    long after = position(request.query("after")).orElse(0L);
    int limit = request.number("limit", PAGE, 1, Query.MAX_LIMIT);
    List<JournalEntry> entries = store.journal(after, owner, limit);
    return Answer.ok(
        new Page<>(
            entries.stream().map(CoreEndpoints::view).toList(),
            entries.size() == limit ? String.valueOf(entries.getLast().number()) : null));
  }

  static OwnerRef owner(String text) {
    try {
      return OwnerRef.parse(text);
    } catch (IllegalArgumentException invalid) {
      throw new Failure.Rejected(
          Problem.of("invalid-query", 400, "'%s' is no owner.".formatted(text))
              .suggesting("Write it as kind:id, as events show it."));
    }
  }

  private static Optional<Long> position(Optional<String> text) {
    try {
      Optional<Long> number = text.map(Long::parseLong);
      if (number.orElse(0L) >= 0) {
        return number;
      }
    } catch (NumberFormatException invalid) {
      // Said below, in the same words as a number that no event can have.
    }
    throw new Failure.Rejected(
        Problem.of("invalid-query", 400, "'%s' is no event number.".formatted(text.orElse("")))
            .suggesting("Use the id of the last event that you have seen."));
  }

  static EventView view(JournalEntry entry) {
    return new EventView(
        entry.number(),
        entry.time(),
        entry.type(),
        entry.owner().toString(),
        entry.subject(),
        entry.message(),
        entry.data());
  }

  /** One subscriber's place in the journal. */
  private static final class Following implements EventSource {

    private final JournalFeed feed;
    private final Optional<OwnerRef> owner;
    private long last;

    Following(JournalFeed feed, Optional<OwnerRef> owner, long after) {
      this.feed = feed;
      this.owner = owner;
      this.last = after;
    }

    @Override
    public String position() {
      return String.valueOf(last);
    }

    @Override
    public List<Event> next(Duration atMost) throws InterruptedException {
      List<JournalEntry> entries = feed.after(last, owner, atMost);
      if (!entries.isEmpty()) {
        last = entries.getLast().number();
      }
      return entries.stream()
          .map(e -> new Event(String.valueOf(e.number()), e.type(), view(e)))
          .toList();
    }

    @Override
    public void close() {}
  }
}
