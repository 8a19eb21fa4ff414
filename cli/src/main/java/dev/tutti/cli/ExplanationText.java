package dev.tutti.cli;

import dev.tutti.api.EventView;
import dev.tutti.api.ExplanationView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An explanation for a person to read. */
final class ExplanationText {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final Clock clock;
  private final boolean coloured;
  private final StringBuilder text = new StringBuilder();

  ExplanationText(Clock clock, boolean coloured) {
    this.clock = clock;
    this.coloured = coloured;
  }

  String of(ExplanationView view) {
    String state = Printable.line(view.state());
    line(
        "%s %s is %s%s"
            .formatted(
                view.kind(),
                Printable.line(view.id()),
                coloured ? Paint.ofState(view.state()).on(state) : state,
                since(view.since())));
    line("  " + Printable.line(view.summary()));
    section("Waits for", view.waitingFor(), this::wait);
    ExplanationView.LastError error = view.lastError();
    section("Last error", error == null ? List.of() : List.of(error), this::error);
    section("Last lines", view.lastLines(), words -> line("  | " + Printable.line(words)));
    section("Next", view.next(), next -> line("  " + at(next.due()) + "  " + next.sentence()));
    section("To be done", view.commands(), this::pending);
    section("Events", view.history(), this::event);
    section("What to do", view.advice(), advice -> line("  - " + Printable.line(advice)));
    return text.toString();
  }

  private <T> void section(String title, List<T> items, Consumer<T> each) {
    if (!items.isEmpty()) {
      line("");
      line(title);
      items.forEach(each);
    }
  }

  private void wait(ExplanationView.Wait wait) {
    String until = wait.until() == null ? "" : ", at most until " + at(wait.until());
    line("  " + Printable.line(wait.what()) + since(wait.since()) + until);
    line("    " + Printable.line(wait.sentence()));
  }

  private void error(ExplanationView.LastError error) {
    String code = error.exitCode() == null ? "" : ", exit code " + error.exitCode();
    String when = error.at() == null ? "" : ", at " + time(error.at());
    line("  " + Printable.line(error.step()) + code + when);
    if (!error.reason().isEmpty()) {
      line("    " + Printable.line(error.reason()));
    }
    if (!error.workload().isEmpty()) {
      line("    workload " + Printable.line(error.workload()));
    }
  }

  private void pending(ExplanationView.Pending pending) {
    String more = pending.waiting() > 1 ? ", and %d after it".formatted(pending.waiting() - 1) : "";
    String tries =
        pending.tries() == 0 ? "" : ", tried %s".formatted(Views.count(pending.tries(), "time"));
    Instant next = pending.nextTry();
    line(
        "  %s in lane %s%s%s%s%s"
            .formatted(
                pending.command(),
                Printable.line(pending.lane()),
                since(pending.since()),
                tries,
                next == null ? "" : ", again " + in(next),
                more));
    if (!pending.lastFailure().isEmpty()) {
      line("    " + Printable.line(pending.lastFailure()));
    }
  }

  private void event(EventView event) {
    line(
        "  %s  %-22s  %s"
            .formatted(time(event.time()), event.type(), Printable.line(event.message())));
  }

  private String since(@Nullable Instant since) {
    return since == null ? "" : " for " + Age.of(Duration.between(since, clock.instant()));
  }

  private String at(Instant instant) {
    return time(instant) + " (" + in(instant) + ")";
  }

  private String in(Instant instant) {
    Duration left = Duration.between(clock.instant(), instant);
    return left.isNegative() ? "due" : "in " + Age.of(left);
  }

  private String time(Instant instant) {
    return TIME.format(instant.atZone(clock.getZone()));
  }

  private void line(String line) {
    text.append(line).append(System.lineSeparator());
  }
}
