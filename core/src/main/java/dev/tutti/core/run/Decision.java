package dev.tutti.core.run;

import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.DocumentKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a message: documents, journal entries, commands, timers and a reply. All of it
 * becomes durable together; commands run afterwards.
 */
public final class Decision {

  /** A decision with more writes than this is a bug; larger work is cut into pieces. */
  public static final int MAX_WRITES = 450;

  private static final Decision NOTHING = new Draft().decided();

  private final List<Effect> effects;
  private final @Nullable Object reply;

  Decision(List<Effect> effects, @Nullable Object reply) {
    this.effects = List.copyOf(effects);
    this.reply = reply;
  }

  /** The message changes nothing. */
  public static Decision nothing() {
    return NOTHING;
  }

  public static Draft draft() {
    return new Draft();
  }

  public List<Effect> effects() {
    return effects;
  }

  /** What is given back to a caller that waits. */
  public Optional<Object> reply() {
    return Optional.ofNullable(reply);
  }

  /** One part of a decision. */
  public sealed interface Effect {

    record Put<T extends Record>(DocumentKind<T> kind, String id, T body) implements Effect {}

    record Delete(DocumentKind<?> kind, String id) implements Effect {}

    record Journal(String type, String subject, String message, Map<String, Object> data)
        implements Effect {}

    record Do<T extends Record>(CommandKind<T> kind, String lane, T body) implements Effect {}

    record SetTimer(String name, Instant due) implements Effect {}

    record CancelTimer(String name) implements Effect {}

    /** Not durable: tells the admission, after the commit, that one place of a group is free. */
    record FreePlace(String group) implements Effect {}
  }

  /** Collects a decision. */
  public static final class Draft {

    private final List<Effect> effects = new ArrayList<>();
    private @Nullable Object reply;

    private Draft() {}

    public <T extends Record> Draft put(DocumentKind<T> kind, String id, T body) {
      return add(new Effect.Put<>(kind, id, body));
    }

    public Draft delete(DocumentKind<?> kind, String id) {
      return add(new Effect.Delete(kind, id));
    }

    /** Writes a journal entry about a subject; an empty subject means the owner itself. */
    public Draft journal(String type, String subject, String message, Map<String, Object> data) {
      return add(new Effect.Journal(type, subject, message, data));
    }

    public <T extends Record> Draft command(CommandKind<T> kind, String lane, T body) {
      return add(new Effect.Do<>(kind, lane, body));
    }

    public Draft timer(String name, Instant due) {
      return add(new Effect.SetTimer(name, due));
    }

    public Draft cancelTimer(String name) {
      return add(new Effect.CancelTimer(name));
    }

    public Draft freePlace(String group) {
      return add(new Effect.FreePlace(group));
    }

    public Draft reply(Object answer) {
      reply = answer;
      return this;
    }

    public Decision decided() {
      return new Decision(effects, reply);
    }

    private Draft add(Effect effect) {
      effects.add(effect);
      return this;
    }
  }
}
