package dev.tutti.http;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.surface.Answer;
import dev.tutti.core.surface.Conventions;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Method;
import dev.tutti.core.surface.Revisions;
import dev.tutti.core.surface.Revisions.Revision;
import dev.tutti.core.surface.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Tells documents by their revisions: {@code ETag}, conditions, and waiting for the next one. */
final class Revised {

  /** What is shown beside the document may change without it, so it is looked at this often. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private static final int NOT_MODIFIED = 304;

  private final Revisions revisions;

  Revised(Revisions revisions) {
    this.revisions = revisions;
  }

  /** What an endpoint does, once. */
  @FunctionalInterface
  interface Turn {
    Answer take() throws InterruptedException;
  }

  /**
   * Its answer.
   *
   * @param stopping whether nobody may wait any longer
   */
  Answer answer(Endpoint endpoint, IncomingRequest request, BooleanSupplier stopping, Turn turn)
      throws InterruptedException {
    Subject subject = endpoint.subject();
    if (endpoint.method() == Method.GET) {
      return subject == null ? turn.take() : shown(subject, request, stopping, turn);
    }
    Optional<String> condition = request.header(Conventions.IF_MATCH);
    return condition.isEmpty() ? turn.take() : changed(subject, request, condition.get(), turn);
  }

  private Answer shown(
      Subject subject, IncomingRequest request, BooleanSupplier stopping, Turn turn)
      throws InterruptedException {
    String id = request.path(subject.parameter());
    Set<String> known =
        new HashSet<>(
            request.header(Conventions.IF_NONE_MATCH).map(EntityTag::list).orElse(List.of()));
    boolean conditional = !known.isEmpty();
    Duration wait = request.span(Conventions.WAIT, Conventions.LONGEST_WAIT);
    long deadline = System.nanoTime() + wait.toNanos();
    while (true) {
      // Before the rest is read: a tag that is too old is refused later, one too new would not be.
      Optional<Revision> revision = revisions.now(subject.kind(), id);
      Answer answer = turn.take();
      if (revision.isEmpty() || !(answer instanceof Answer.Json(int status, Object body))) {
        return answer;
      }
      byte[] bytes = Json.bytes(body);
      String tag = EntityTag.of(revision.get(), bytes).toString();
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      boolean over = !left.isPositive() || stopping.getAsBoolean();
      if (!wait.isZero() && !conditional && known.isEmpty()) {
        known.add(tag);
      }
      boolean same = known.contains(tag) || (conditional && known.contains("*"));
      if (same && conditional && over) {
        return new Answer.WithHeaders(new Answer.Empty(NOT_MODIFIED), Map.of("ETag", tag));
      }
      if (!same || over) {
        return new Answer.WithHeaders(
            new Answer.Text(status, Exchange.JSON, new String(bytes, StandardCharsets.UTF_8)),
            Map.of("ETag", tag));
      }
      revisions.await(
          subject.kind(), id, revision.get(), left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
    }
  }

  private Answer changed(
      @Nullable Subject subject, IncomingRequest request, String condition, Turn turn)
      throws InterruptedException {
    if (subject == null) {
      throw new Failure.Rejected(
          Problem.of("changed-meanwhile", 412, "Nothing here has an ETag to compare.")
              .suggesting("Send it without If-Match."));
    }
    String id = request.path(subject.parameter());
    Optional<Revision> now = revisions.now(subject.kind(), id);
    List<String> wanted = EntityTag.list(condition);
    Optional<Revision> expected =
        wanted.contains("*")
            ? now
            : wanted.stream()
                .flatMap(tag -> EntityTag.parse(tag).stream())
                .map(EntityTag::revision)
                .filter(revision -> now.filter(revision::equals).isPresent())
                .findFirst();
    return revisions.expecting(
        subject.kind(), id, expected.orElse(new Revision(0, -1)), turn::take);
  }
}
