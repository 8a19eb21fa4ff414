package dev.tutti.cli;

import dev.tutti.api.ModelView;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows models as they change: on a terminal a table that is drawn again, elsewhere a line for each
 * change of state. Safe for use by several threads, since a terminal has to be restored from
 * another one when the program is interrupted.
 */
public final class ModelBoard implements AutoCloseable {
  private static final int USUAL_HEIGHT = 24;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private final PrintStream out;
  private final boolean terminal;
  private final Drawing drawing;
  private final ZoneId zone;
  private final SequencedMap<String, ModelView> models = new LinkedHashMap<>();
  private final String arrow;
  private boolean severalDeployments;
  private String note = "";
  private boolean closed;

  /**
   * A board without models.
   *
   * @param terminal whether {@code out} is one
   * @param width its width in columns; only asked on a terminal
   */
  public ModelBoard(PrintStream out, boolean terminal, IntSupplier width) {
    this(out, terminal, width, () -> USUAL_HEIGHT, painted(System.getenv("NO_COLOR")));
  }

  /** A board that fills a terminal of this height. */
  public ModelBoard(
      PrintStream out, boolean terminal, IntSupplier width, IntSupplier height, boolean coloured) {
    this(out, terminal, width, height, coloured, ZoneId.systemDefault());
  }

  ModelBoard(
      PrintStream out,
      boolean terminal,
      IntSupplier width,
      IntSupplier height,
      boolean coloured,
      ZoneId zone) {
    this.out = out;
    this.terminal = terminal;
    this.zone = zone;
    this.arrow = arrow(out.charset());
    this.drawing = new Drawing(out, width, height, coloured);
  }

  /** Shows these models, which may be known already, as they are now. */
  public void update(ModelView... changed) {
    update(Arrays.asList(changed));
  }

  /** Shows these models, which may be known already, as they are now. */
  public synchronized void update(Collection<ModelView> changed) {
    if (closed) {
      return;
    }
    for (ModelView model : changed) {
      ModelView before = models.put(model.id(), model);
      severalDeployments |= !models.firstEntry().getValue().deployment().equals(model.deployment());
      if (!terminal) {
        printChanges(before, model);
      }
    }
    draw();
  }

  /** Forgets the models that are none of these. */
  public synchronized void retain(Set<String> ids) {
    if (models.keySet().retainAll(ids)) {
      draw();
    }
  }

  /** Says something below the table until told otherwise, on a terminal only; empty for nothing. */
  public synchronized void note(String text) {
    if (!note.equals(text)) {
      note = text;
      draw();
    }
  }

  /** Whether there are models and all of them have ended. */
  public synchronized boolean allEnded() {
    return !models.isEmpty() && models.values().stream().allMatch(ModelBoard::ended);
  }

  /** Leaves the last table standing and gives the cursor back. */
  @Override
  public synchronized void close() {
    if (!closed && terminal) {
      drawing.end();
    }
    closed = true;
  }

  static boolean ended(ModelView model) {
    return model.state().equals("succeeded") || model.state().equals("failed");
  }

  /** Where it went since it was last seen, with a state in between that went by unseen. */
  private void printChanges(@Nullable ModelView before, ModelView now) {
    String state = before == null ? "" : before.state();
    if (state.equals(now.state())) {
      return;
    }
    if (before == null) {
      print(lastChange(now), now, now.state() + why(now));
      return;
    }
    if (state.equals("created") && ended(now) && now.ready() != null) {
      print(now.ready(), now, state + arrow + "running");
      state = "running";
    }
    print(lastChange(now), now, state + arrow + now.state() + why(now));
  }

  private void print(Instant when, ModelView model, String what) {
    String line = TIME.format(when.atZone(zone)) + "  " + name(model) + "  " + what;
    out.println(Printable.line(line));
    out.flush();
  }

  private String name(ModelView model) {
    return severalDeployments
        ? DeploymentId.of(model.deployment()).simulation() + "/" + model.model()
        : model.model();
  }

  private static Instant lastChange(ModelView model) {
    if (model.ended() != null) {
      return model.ended();
    }
    return model.ready() != null ? model.ready() : model.created();
  }

  /** What a person wants to know about an end: nothing when it went well. */
  static String why(ModelView model) {
    Integer code = model.exitCode();
    if (code == null || code == 0) {
      return model.state().equals("succeeded") || model.reason().isEmpty()
          ? ""
          : " (" + model.reason() + ")";
    }
    return " (exit " + code + (model.reason().isEmpty() ? "" : ": " + model.reason()) + ")";
  }

  private void draw() {
    if (!terminal || closed) {
      return;
    }
    drawing.draw(
        new Table<>(
            List.of(
                Column.shrinking("MODEL", this::name),
                Column.state(ModelView::state),
                Column.of("SINCE", model -> TIME.format(lastChange(model).atZone(zone))),
                Column.of("EXIT", Views::exit),
                Column.shrinking("REASON", ModelView::reason))),
        models.values(),
        note);
  }

  private static String arrow(Charset charset) {
    return charset.canEncode() && charset.newEncoder().canEncode('→') ? " → " : " -> ";
  }

  private static boolean painted(@Nullable String noColor) {
    return noColor == null || noColor.isEmpty();
  }
}
