package dev.tutti.core.surface;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.DocumentPage;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Store;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The page of a list that a request asks for, in the order of ids. A cursor names the last id that
 * was looked at, so a page stays right whatever comes or goes before it.
 */
public final class Listing {

  /** How many items a page has at most. */
  public static final int MOST = Query.MAX_LIMIT;

  /** How many items a page has when nobody says. */
  public static final int USUAL = 100;

  /** Which page of a list; every list takes them. */
  public static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.query("limit", Form.whole(1, MOST), "How many items at most.")
              .otherwise(Integer.toString(USUAL)),
          Parameter.query(
              "cursor", Form.text(), "Where to go on: `next` of the page before, unchanged."));

  /** A filter by the moment since which something is there. */
  public static final Parameter SINCE =
      Parameter.query("since", Form.moment(), "Only what was made then or later.");

  /** A filter by a part of the name. */
  public static final Parameter NAME =
      Parameter.query("name", Form.text(), "Only what has this in its name, in capitals or not.");

  private static final String MARK = "1:";

  /**
   * How many documents are read for one page. A filter that finds less gives a page that is not
   * full, or empty, with a cursor to go on.
   */
  private static final int READ_AT_MOST = 20_000;

  private final Request request;
  private final int limit;
  private final String after;

  private Listing(Request request, int limit, String after) {
    this.request = request;
    this.limit = limit;
    this.after = after;
  }

  /**
   * What a request asks for.
   *
   * @throws Failure.Rejected when limit or cursor are none
   */
  public static Listing of(Request request) {
    return new Listing(
        request,
        request.number("limit", USUAL, 1, MOST),
        request.query("cursor").map(Listing::opened).orElse(""));
  }

  /** Only items with greater ids than this; empty text for the first page. */
  public String after() {
    return after;
  }

  public int limit() {
    return limit;
  }

  /** Lets through what was made since the moment that the request names, if it does. */
  public Predicate<Instant> since() {
    Optional<Instant> since = request.query("since").map(text -> moment("since", text));
    return made -> since.isEmpty() || !made.isBefore(since.get());
  }

  /** Lets through what has the text of a parameter in it, in capitals or not; all without one. */
  public Predicate<String> containing(String parameter) {
    String part = request.query(parameter).orElse("").toLowerCase(Locale.ROOT);
    return text -> text.toLowerCase(Locale.ROOT).contains(part);
  }

  /** Lets through what is the text of a parameter; all without one. */
  public Predicate<String> being(String parameter) {
    Optional<String> wanted = request.query(parameter);
    return text -> wanted.isEmpty() || wanted.get().equals(text);
  }

  /**
   * The same for a parameter that knows certain words only.
   *
   * @throws Failure.Rejected when the request names none of them
   */
  public Predicate<String> being(String parameter, List<String> words) {
    Optional<String> unknown = request.query(parameter).filter(word -> !words.contains(word));
    if (unknown.isPresent()) {
      throw new Failure.Rejected(
          Problem.of(
                  "invalid-query",
                  400,
                  "The parameter '%s' cannot be '%s'.".formatted(parameter, unknown.get()))
              .suggesting("Use one of %s.".formatted(String.join(", ", words))));
    }
    return being(parameter);
  }

  /**
   * A moment as a request writes it.
   *
   * @throws Failure.Rejected when it is none
   */
  public static Instant moment(String parameter, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException none) {
      throw new Failure.Rejected(
          Problem.of(
                  "parameter-invalid", 400, "The parameter '%s' is no moment.".formatted(parameter))
              .suggesting("Write it as 2030-01-31T12:00:00Z."));
    }
  }

  /** A page of what is in memory, in any order. */
  public <T> Answer.Listed page(
      List<T> all, Function<T, String> id, Predicate<T> wanted, Function<T, ?> view) {
    List<T> rest =
        all.stream()
            .filter(item -> id.apply(item).compareTo(after) > 0)
            .filter(wanted)
            .sorted(Comparator.comparing(id))
            .toList();
    List<T> page = rest.subList(0, Math.min(limit, rest.size()));
    return listed(
        page.stream().map(view).toList(),
        page.size() < rest.size() ? Optional.of(id.apply(page.getLast())) : Optional.empty());
  }

  /** A page of what has an order of its own, to which nothing is added at the beginning. */
  public <T> Answer.Listed inOrder(List<T> all) {
    int from = after.isEmpty() ? 0 : place(all.size());
    int to = Math.min(all.size(), from + limit);
    return listed(
        all.subList(from, to),
        to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
  }

  private int place(int size) {
    try {
      return Math.clamp(Integer.parseInt(after), 0, size);
    } catch (NumberFormatException ofAnotherList) {
      throw invalid();
    }
  }

  /**
   * A page of documents. One that cannot be read is left out: the doctor names it.
   *
   * @param from which documents to look at; where to begin and how many is said by the request
   */
  public <T extends Record> Answer.Listed page(
      Store store,
      DocumentKind<T> kind,
      Query from,
      Predicate<Document<T>> wanted,
      Function<Document<T>, ?> view) {
    List<Object> items = new ArrayList<>();
    String last = after;
    Query next = from.startingAfter(after).atMost(limit);
    for (int read = 0; read < READ_AT_MOST; read += limit) {
      DocumentPage<T> page = store.page(kind, next);
      for (Document<T> document : page.documents()) {
        if (items.size() == limit) {
          return listed(items, Optional.of(last));
        }
        last = document.id();
        if (wanted.test(document)) {
          items.add(view.apply(document));
        }
      }
      if (page.next().isEmpty()) {
        return listed(items, Optional.empty());
      }
      next = page.next().get();
      last = next.after();
    }
    return listed(items, Optional.of(last));
  }

  /** A page that somebody else has cut. */
  public static Answer.Listed listed(List<?> items, Optional<String> last) {
    return new Answer.Listed(items, last.map(Listing::sealed).orElse(""));
  }

  private static String sealed(String id) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString((MARK + id).getBytes(UTF_8));
  }

  private static String opened(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      if (text.startsWith(MARK) && sealed(text.substring(MARK.length())).equals(cursor)) {
        return text.substring(MARK.length());
      }
    } catch (IllegalArgumentException none) {
      // Said below, in the same words as a text that no list gave.
    }
    throw invalid();
  }

  private static Failure.Rejected invalid() {
    return new Failure.Rejected(
        Problem.of("cursor-invalid", 400, "This is no cursor of a list.")
            .suggesting(
                "Send `next` of the page before, unchanged, or leave it out to begin at the"
                    + " beginning."));
  }
}
