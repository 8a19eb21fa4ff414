package dev.tutti.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.Failure;
import dev.tutti.core.Metrics;
import dev.tutti.core.Problem;
import dev.tutti.core.run.Engine;
import dev.tutti.core.run.Errands;
import dev.tutti.core.run.KeptRequest;
import dev.tutti.core.store.Attributes;
import dev.tutti.core.store.DocumentKind;
import dev.tutti.core.store.Query;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.Write;
import dev.tutti.core.surface.OnceOnly;
import dev.tutti.core.surface.OnceOnly.Made;
import dev.tutti.core.surface.OnceOnly.Rendered;
import dev.tutti.core.surface.OnceOnly.Sent;
import dev.tutti.core.surface.OnceOnly.Work;
import dev.tutti.store.testkit.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests with keys on a real database: a request makes a note, and a note once. */
final class ErrandsTest {

  /** What a request makes. */
  public record Note(String text) {}

  private static final DocumentKind<Note> NOTE =
      DocumentKind.of("note", Note.class, note -> new Attributes("", note.text(), "written"));
  private static final OnceOnly.Key KEY = new OnceOnly.Key("anna", "k1", "POST /notes", "print");

  @TempDir Path folder;
  private final ManualTime time = new ManualTime();
  private SqliteStore store;
  private Engine engine;
  private Errands errands;
  private int notes;

  @BeforeEach
  void start() {
    store = SqliteStore.open(DataFolder.open(folder));
    engine = new Engine(store, time, time, time, Metrics.none());
    errands = new Errands(engine);
  }

  @AfterEach
  void stop() {
    engine.close();
    store.close();
  }

  /** The process ends; what is durable is all that the next one has. */
  private void restart() {
    stop();
    time.forget();
    start();
  }

  private Rendered write() {
    String id = "note-" + ++notes;
    engine.commit(
        Transaction.of(new Write.PutDocument<>(NOTE, id, 0, new Note(id), time.instant())));
    return new Rendered(201, "text/plain", id, Map.of("Location", "/notes/" + id));
  }

  /** Makes a note, and dies before the answer when it is told to. */
  private final class Writing implements Work {
    private final boolean dies;

    Writing(boolean dies) {
      this.dies = dies;
    }

    @Override
    public Rendered carryOut() {
      Rendered answer = write();
      if (dies) {
        throw new IllegalStateException("the process ends here");
      }
      return answer;
    }

    @Override
    public Optional<Rendered> lookUp(List<Made> made) {
      return made.stream()
          .filter(one -> one.kind().equals("note"))
          .map(one -> new Rendered(201, "text/plain", "again " + one.id(), Map.of()))
          .findFirst();
    }
  }

  private Sent send(OnceOnly.Key key) throws InterruptedException {
    return errands.answer(key, new Writing(false));
  }

  private long stored() {
    return store.count(NOTE, Query.all());
  }

  @Test
  void repeatedRequestGetsTheFirstAnswerAlsoAfterARestart() throws Exception {
    Sent first = send(KEY);
    assertThat(first.again()).isFalse();
    Sent second = send(KEY);
    restart();
    Sent third = send(KEY);
    assertThat(List.of(second, third)).containsOnly(new Sent(first.answer(), true));
    assertThat(stored()).isEqualTo(1);
    assertThat(send(new OnceOnly.Key("bert", "k1", "POST /notes", "print")).again()).isFalse();
    assertThat(stored()).isEqualTo(2);
  }

  @Test
  void effectWhoseAnswerWentWithTheProcessIsLookedUp() throws Exception {
    assertThatThrownBy(() -> errands.answer(KEY, new Writing(true)))
        .isInstanceOf(IllegalStateException.class);
    restart();
    assertThat(send(KEY).answer().body()).isEqualTo("again note-1");
    assertThat(send(KEY).answer().body()).isEqualTo("again note-1");
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void keyOfAnotherRequestIsRefused() throws Exception {
    send(KEY);
    assertThatThrownBy(() -> send(new OnceOnly.Key("anna", "k1", "POST /notes", "another")))
        .isInstanceOfSatisfying(
            Failure.Rejected.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(422);
              assertThat(refused.problem().detail()).contains("POST /notes");
            });
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void requestUnderWayIsNotBegunAgain() throws Exception {
    Sent outer =
        errands.answer(
            KEY,
            new Work() {
              @Override
              public Rendered carryOut() {
                assertThatThrownBy(() -> send(KEY))
                    .isInstanceOfSatisfying(
                        Failure.TooMany.class,
                        busy -> assertThat(busy.problem().status()).isEqualTo(409));
                return write();
              }

              @Override
              public Optional<Rendered> lookUp(List<Made> made) {
                return Optional.empty();
              }
            });
    assertThat(outer.again()).isFalse();
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void refusedRequestMayBePutRightUnderTheSameKey() throws Exception {
    Work refusing =
        new Work() {
          @Override
          public Rendered carryOut() {
            throw new Failure.Rejected(Problem.of("invalid", 400, "It is wrong."));
          }

          @Override
          public Optional<Rendered> lookUp(List<Made> made) {
            return Optional.empty();
          }
        };
    assertThatThrownBy(() -> errands.answer(KEY, refusing)).isInstanceOf(Failure.Rejected.class);
    assertThat(send(new OnceOnly.Key("anna", "k1", "POST /notes", "right")).again()).isFalse();
  }

  @Test
  void keysAreForgottenAfterADayAndNotBefore() throws Exception {
    errands.begin();
    send(KEY);
    time.pass(Duration.ofHours(23));
    assertThat(send(KEY).again()).isTrue();
    assertThat(store.count(KeptRequest.KIND, Query.all())).isEqualTo(1);
    time.pass(Duration.ofHours(2));
    assertThat(store.count(KeptRequest.KIND, Query.all())).isZero();
    assertThat(send(KEY).again()).isFalse();
    assertThat(stored()).isEqualTo(2);
  }

  @Test
  void keyIsWorthNothingOnceItsDayIsOverThoughItIsStillThere() throws Exception {
    send(KEY);
    time.set(Errands.KEPT);
    assertThat(send(KEY).again()).isFalse();
    assertThat(stored()).isEqualTo(2);
  }
}
