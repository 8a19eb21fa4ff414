package dev.tutti.models.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.Failure;
import dev.tutti.core.Message;
import dev.tutti.core.Metrics;
import dev.tutti.core.OwnerRef;
import dev.tutti.core.run.CommandHandler;
import dev.tutti.core.run.Decision;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.Facts;
import dev.tutti.core.run.OwnerBehaviour;
import dev.tutti.core.store.Command;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lanes do when the disk goes away at the worst moment. */
final class LanesTest {

  private static final OwnerRef OWNER = new OwnerRef("somebody", "one");
  private static final CommandKind<Say> SAY =
      new CommandKind<>("say", Say.class, Delivery.REPEATABLE);
  private static final CommandKind<Say> SAY_ONCE =
      new CommandKind<>("say-once", Say.class, Delivery.NEVER_TWICE);

  record Say(String what) {}

  record Tell(CommandKind<Say> kind, String what) implements Message {}

  private final Dice dice = new Dice(1);
  private final VirtualTime time = new VirtualTime();
  private final Life life = new Life(time, dice);
  private final Faults faults = Faults.none(dice);
  private final SimulatedStore store =
      new SimulatedStore(
          new Surroundings(dice, time, faults, Flaw.NONE, new Trace(time)), _ -> {}, _ -> {});
  private final Engine engine = new Engine(store, time, life, life, Metrics.none());
  private final List<String> said = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();

  LanesTest() {
    engine.register(new Speaker());
    engine.register(new Saying(SAY));
    engine.register(new Saying(SAY_ONCE));
  }

  @Test
  void whatWasSentIsNotSentAgainBecauseItCannotBeForgotten() {
    for (CommandKind<Say> kind : List.of(SAY, SAY_ONCE)) {
      said.clear();
      engine.strands().tell(OWNER, new Tell(kind, "then the disk goes away"));
      pass(Duration.ofSeconds(30));
      assertThat(said).as("%s", kind).hasSize(1);
      faults.storeAway(false);
      pass(Duration.ofSeconds(30));
      assertThat(said).as("%s", kind).hasSize(1);
      store.flush();
      assertThat(store.commands(List.of(kind), 0, 1)).isEmpty();
    }
  }

  @Test
  void failureThatCannotBeReportedNowIsReportedLaterAndNothingIsSentAgain() {
    engine.strands().tell(OWNER, new Tell(SAY_ONCE, "then nobody answers and the disk goes away"));
    pass(Duration.ofSeconds(30));
    assertThat(failed).isEmpty();
    faults.storeAway(false);
    pass(Duration.ofSeconds(30));
    assertThat(said).hasSize(1);
    assertThat(failed).hasSize(1);
  }

  @Test
  void laneGoesOnWhenAFailureCannotBeReportedAtAll() {
    engine.strands().tell(OWNER, new Tell(SAY_ONCE, "then nobody answers or hears"));
    engine.strands().tell(OWNER, new Tell(SAY, "next"));
    pass(Duration.ofSeconds(30));
    assertThat(said).hasSize(2).endsWith("next");
  }

  private void pass(Duration duration) {
    long until = time.elapsed() + duration.toMillis();
    do {
      while (life.runOne()) {
        // All that can run now.
      }
    } while (time.next(until - time.elapsed()));
  }

  private static final class Speaker implements OwnerBehaviour {

    @Override
    public String kind() {
      return OWNER.kind();
    }

    @Override
    public Decision decide(OwnerRef owner, Facts facts, Message message, Instant now) {
      return message instanceof Tell(CommandKind<Say> kind, String what)
          ? Decision.draft().command(kind, "lane", new Say(what)).decided()
          : Decision.nothing();
    }
  }

  private final class Saying implements CommandHandler<Say> {

    private final CommandKind<Say> kind;

    Saying(CommandKind<Say> kind) {
      this.kind = kind;
    }

    @Override
    public CommandKind<Say> kind() {
      return kind;
    }

    @Override
    public void execute(Command<Say> command) {
      String what = command.body().what();
      said.add(what);
      faults.storeAway(what.contains("disk goes away"));
      if (what.contains("nobody answers")) {
        throw new Failure.OutcomeUnknown(what);
      }
    }

    @Override
    public void failed(Command<Say> command, RuntimeException cause) {
      if (command.body().what().contains("hears")) {
        throw new IllegalStateException("nobody hears it");
      }
      engine.store().lastCommandNumber();
      failed.add(command.body().what());
    }
  }
}
