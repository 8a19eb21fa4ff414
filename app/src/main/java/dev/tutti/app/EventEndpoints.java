package dev.tutti.app;

import dev.tutti.api.EventView;
import dev.tutti.api.Page;
import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.run.JournalFeed;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Store;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.EventSource;
import dev.tutti.core.surface.Form;
import dev.tutti.core.surface.Listing;
import dev.tutti.core.surface.Parameter;
import dev.tutti.core.surface.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The journal over REST: a list of events, or a stream that goes on. */
final class EventEndpoints {

  private static final int PAGE = 500;
  private static final int READ_AT_MOST = 20_000;

  private final Store store;
  private final JournalFeed feed;

  EventEndpoints(Store store, JournalFeed feed) {
    this.store = store;
    this.feed = feed;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/events",
                "Lists events, or follows them as server-sent events when the client accepts those.",
                Page.class,
                this::events)
            .paged(EventView.class, EventFilter.PARAMETERS)
            .with(
                Parameter.query(
                    "since", Form.moment(), "Only what happened then or later; not before it."),
                Parameter.query(
                    "after", Form.whole(0, Long.MAX_VALUE), "Only events with a greater number."),
                Parameter.header(
                    "Last-Event-ID",
                    Form.whole(0, Long.MAX_VALUE),
                    "The number of the last event that was seen; the stream goes on after it."))
            .streaming(EventView.class)
            .refusing(410, "events-gone"));
  }

  /** An event as everybody sees it. */
  static EventView view(JournalEntry entry) {
    return new EventView(
        entry.number(),
        EventView.VERSION,
        entry.time(),
        entry.type(),
        entry.owner().toString(),
        entry.subject(),
        entry.message(),
        entry.data());
  }

  private Answer events(Request request) throws InterruptedException {
    EventFilter filter = EventFilter.of(request);
    return request.header("Accept").filter(a -> a.contains("text/event-stream")).isPresent()
        ? follow(request, filter)
        : list(request, filter);
  }

  private Answer follow(Request request, EventFilter filter) throws InterruptedException {
    Optional<Long> seen =
        request.header("Last-Event-ID").or(() -> request.query("after")).map(this::kept);
    long after = seen.or(() -> since(request)).orElseGet(feed::last);
    // Says 410 before the stream begins, when that is gone.
    feed.after(after, filter.owner(), Duration.ZERO);
    return new Answer.Events(new Following(feed, filter, after));
  }

  private Answer list(Request request, EventFilter filter) {
    Listing listing = Listing.of(request);
    Optional<Long> cursor =
        listing.after().isEmpty() ? Optional.empty() : Optional.of(kept(listing.after()));
    long last =
        cursor.or(() -> request.query("after").map(this::kept)).or(() -> since(request)).orElse(0L);
    List<EventView> items = new ArrayList<>();
    for (int read = 0; read < READ_AT_MOST; read += PAGE) {
      List<JournalEntry> entries = store.journal(last, filter.owner(), PAGE);
      for (JournalEntry entry : entries) {
        if (items.size() == listing.limit()) {
          return Listing.listed(items, Optional.of(String.valueOf(last)));
        }
        last = entry.number();
        if (filter.test(entry)) {
          items.add(view(entry));
        }
      }
      if (entries.size() < PAGE) {
        return Listing.listed(items, Optional.empty());
      }
    }
    return Listing.listed(items, Optional.of(String.valueOf(last)));
  }

  /**
   * The number of an event after which to go on.
   *
   * @throws Failure.Rejected with 410 when what follows it is not all kept, or it never was one
   */
  private long kept(String text) {
    long number = number(text);
    long first = store.firstJournalNumber();
    if (number > 0 && number + 1 < first) {
      throw gone("Events up to number %d are no longer kept.".formatted(first - 1));
    }
    if (number > feed.last()) {
      throw gone(
          "There is no event %d; the newest one is %d, perhaps because a backup was restored."
              .formatted(number, feed.last()));
    }
    return number;
  }

  private static long number(String text) {
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException none) {
      // Said below, in the same words as a negative one.
    }
    throw new Failure.Rejected(
        Problem.of("invalid-query", 400, "'%s' is no event number.".formatted(text))
            .suggesting("Use the id of the last event that you have seen."));
  }

  private static Failure.Rejected gone(String detail) {
    return new Failure.Rejected(
        Problem.of("events-gone", 410, detail)
            .suggesting("Read the lists once, then follow from the newest event."));
  }

  /**
   * The number of the last event before the moment that a request names.
   *
   * @throws Failure.Rejected with 410 when that one is not kept
   */
  private Optional<Long> since(Request request) {
    return request
        .query("since")
        .map(text -> {
          long before = lastBefore(Listing.moment("since", text));
          long first = store.firstJournalNumber();
          if (before + 1 == first && first > 1) {
            throw gone("Not all events since %s are kept.".formatted(text));
          }
          return before;
        });
  }

  /** Numbers have no holes, so the place is found by halving. */
  private long lastBefore(Instant since) {
    long low = store.firstJournalNumber();
    long high = store.lastJournalNumber() + 1;
    while (low < high) {
      long middle = (low + high) >>> 1;
      List<JournalEntry> there = store.journal(middle - 1, Optional.empty(), 1);
      if (there.isEmpty() || !there.getFirst().time().isBefore(since)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low - 1;
  }

  /** One subscriber's place in the journal. */
  private static final class Following implements EventSource {

    private final JournalFeed feed;
    private final EventFilter filter;
    private long last;

    Following(JournalFeed feed, EventFilter filter, long after) {
      this.feed = feed;
      this.filter = filter;
      this.last = after;
    }

    @Override
    public String position() {
      return String.valueOf(last);
    }

    @Override
    public List<Event> next(Duration atMost) throws InterruptedException {
      long deadline = System.nanoTime() + atMost.toNanos();
      while (true) {
        long newest = feed.last();
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        List<JournalEntry> entries = feed.after(last, filter.owner(), left);
        // Where nothing of the owner is, there is nothing to come back to either.
        last = entries.isEmpty() ? Math.max(last, newest) : entries.getLast().number();
        List<Event> wanted =
            entries.stream()
                .filter(filter)
                .map(e -> new Event(String.valueOf(e.number()), e.type(), view(e)))
                .toList();
        if (!wanted.isEmpty() || entries.isEmpty() || left.isZero()) {
          return wanted;
        }
      }
    }

    @Override
    public void close() {}
  }
}
