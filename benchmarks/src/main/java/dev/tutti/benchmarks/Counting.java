package dev.tutti.benchmarks;

import dev.tutti.core.Message;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.run.CommandHandler;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Facts;
import dev.tutti.core.run.OwnerBehaviour;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.Delivery;
import dev.tutti.core.store.DocumentKind;
import java.time.Instant;
import java.util.Map;

/**
 * The smallest feature: an owner that counts. Each message changes one document, and adds one
 * journal entry and one command, which does nothing.
 */
final class Counting implements OwnerBehaviour {

  static final String OWNER_KIND = "counter";

  /** Makes a document about as large as the record of a model. */
  static final String FILLING = "x".repeat(200);

  /** How often an owner was told to count. */
  record Count(String name, int value, String filling) {}

  /** A count, to be sent on. */
  record Send(String owner, int value) {}

  /** Tells an owner to count. */
  record Add() implements Message {}

  static final DocumentKind<Count> COUNT =
      DocumentKind.of("count", Count.class, c -> new Attributes("", c.name(), "counting"));
  static final CommandKind<Send> SEND = new CommandKind<>("send", Send.class, Delivery.REPEATABLE);

  static OwnerRef owner(int number) {
    return new OwnerRef(OWNER_KIND, "owner-" + number);
  }

  @Override
  public String kind() {
    return OWNER_KIND;
  }

  @Override
  public Decision decide(OwnerRef owner, Facts facts, Message message, Instant now) {
    int value = facts.find(COUNT, owner.id()).map(Count::value).orElse(0) + 1;
    return Decision.draft()
        .put(COUNT, owner.id(), new Count(owner.id(), value, FILLING))
        .journal("counted", "", "One more.", Map.of("value", value))
        .command(SEND, "lane/" + owner.id(), new Send(owner.id(), value))
        .reply(value)
        .decided();
  }

  /** Executes the commands, by doing nothing. */
  static CommandHandler<Send> sending() {
    return new CommandHandler<>() {
      @Override
      public CommandKind<Send> kind() {
        return SEND;
      }

      @Override
      public void execute(Command<Send> command) {
        // Only what it costs to come here is of interest.
      }

      @Override
      public void failed(Command<Send> command, RuntimeException cause) {
        throw cause;
      }
    };
  }
}
