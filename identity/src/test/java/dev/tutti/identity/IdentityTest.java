package dev.tutti.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.core.Failure;
import dev.tutti.core.Metrics;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.JournalEntry;
import dev.tutti.core.store.Store;
import dev.tutti.core.surface.Caller;
import dev.tutti.core.surface.Role;
import dev.tutti.store.testkit.InMemoryStore;
import dev.tutti.store.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentityTest {

  private static final String PASSWORD = "correct horse battery";

  private final ManualTime time = new ManualTime();
  private final Store store = new InMemoryStore();
  private final Engine engine = new Engine(store, time, time, time, Metrics.none());
  private final Passwords passwords = new Passwords(2, Duration.ofSeconds(30));
  private final Users users = new Users(engine, passwords);
  private final Tokens tokens = new Tokens(engine, users);
  private final SignIns signIns =
      new SignIns(engine, users, tokens, passwords, Duration.ofHours(12));

  private List<String> events() {
    return store.journal(0, Optional.empty(), 1_000).stream().map(JournalEntry::message).toList();
  }

  @Test
  void tokenLetsInUntilItExpires() {
    String secret =
        tokens.add("ci", Role.OPERATOR, Optional.of(Duration.ofDays(30)), "root").secret();
    assertThat(tokens.byToken(secret)).contains(new Caller("token:ci", Role.OPERATOR));
    assertThat(tokens.byToken(secret + "x")).isEmpty();
    time.pass(Duration.ofDays(30).minusSeconds(1));
    assertThat(tokens.byToken(secret)).isPresent();
    time.pass(Duration.ofSeconds(1));
    assertThat(tokens.byToken(secret)).isEmpty();
    assertThat(tokens.all()).isEmpty();
  }

  @Test
  void useIsNotedOnceAnHourAndKept() {
    String secret = tokens.add("ci", Role.VIEWER, Optional.empty(), "root").secret();
    for (int i = 0; i < 10; i++) {
      assertThat(tokens.byToken(secret)).isPresent();
    }
    assertThat(stored("ci").version()).isEqualTo(2);
    time.pass(Duration.ofHours(1));
    assertThat(tokens.byToken(secret)).isPresent();
    assertThat(stored("ci").version()).isEqualTo(3);
    assertThat(new Tokens(engine, users).all().getFirst().lastUsed()).isEqualTo(time.instant());
  }

  private Document<AccessToken> stored(String name) {
    return store.find(AccessToken.KIND, name).orElseThrow();
  }

  @Test
  void neitherTokenNorPasswordIsKept() throws Exception {
    String secret = tokens.add("ci", Role.VIEWER, Optional.empty(), "root").secret();
    users.add("anna", Role.VIEWER, PASSWORD, "root");
    String signedIn = signIns.signIn("anna", PASSWORD, "192.0.2.1").secret();
    String kept =
        Stored.all(store, AccessToken.KIND).stream().map(d -> d.body().hash()).toList()
            + users.find("anna").orElseThrow().hash()
            + events()
            + users.all()
            + tokens.all();
    assertThat(kept).doesNotContain(secret, signedIn, PASSWORD);
    assertThat(users.all().toString()).doesNotContain("argon2");
  }

  @Test
  void guessesAreSlowedDownByNameAndTheRightPasswordWithThem() throws Exception {
    users.add("anna", Role.VIEWER, PASSWORD, "root");
    for (int i = 0; i < 10; i++) {
      String address = "192.0.2." + i;
      assertThatExceptionOfType(Failure.Rejected.class)
          .isThrownBy(() -> signIns.signIn("anna", "wrong", address));
    }
    assertThatExceptionOfType(Failure.TooMany.class)
        .isThrownBy(() -> signIns.signIn("anna", PASSWORD, "192.0.2.99"))
        .satisfies(f -> assertThat(f.retryAfter()).isEqualTo(Duration.ofSeconds(30)));
    assertThat(events()).contains("Sign-ins of anna are held off: too many tries.");
    time.pass(Duration.ofSeconds(30));
    assertThat(signIns.signIn("anna", PASSWORD, "192.0.2.99").secret()).startsWith("tutti_");
  }

  @Test
  void guessesAreSlowedDownByAddressWhateverTheName() {
    for (int i = 0; i < 10; i++) {
      String name = "invented-" + i;
      assertThatExceptionOfType(Failure.Rejected.class)
          .isThrownBy(() -> signIns.signIn(name, "wrong", "2001:db8:1:2::" + name.length()));
    }
    assertThatExceptionOfType(Failure.TooMany.class)
        .isThrownBy(() -> signIns.signIn("another", "wrong", "2001:db8:1:2:3:4:5:6"));
    assertThat(events()).hasSize(1);
  }

  @Test
  void signInsOfAUserAreBounded() throws Exception {
    User anna = users.add("anna", Role.VIEWER, PASSWORD, "root");
    String first = tokens.signIn(anna, Duration.ofHours(12), "192.0.2.1").secret();
    for (int i = 0; i < 20; i++) {
      time.pass(Duration.ofSeconds(1));
      assertThat(tokens.byToken(tokens.signIn(anna, Duration.ofHours(12), "x").secret()))
          .contains(new Caller("anna", Role.VIEWER));
    }
    assertThat(tokens.all()).hasSize(20);
    assertThat(tokens.byToken(first)).isEmpty();
    time.pass(Duration.ofHours(12));
    String last = tokens.signIn(anna, Duration.ofHours(12), "x").secret();
    assertThat(tokens.byToken(last)).isPresent();
    assertThat(Stored.all(store, AccessToken.KIND)).hasSize(1);
  }

  @Test
  void userWhoIsAddedAgainIsNotSignedInFromBefore() throws Exception {
    User anna = users.add("anna", Role.ADMIN, PASSWORD, "root");
    String before = tokens.signIn(anna, Duration.ofHours(12), "x").secret();
    time.pass(Duration.ofSeconds(1));
    users.remove("anna", "root");
    users.add("anna", Role.VIEWER, PASSWORD, "root");
    assertThat(tokens.byToken(before)).isEmpty();
  }
}
