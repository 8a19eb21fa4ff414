package dev.tutti.identity;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.Sha256;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.Transaction;
import dev.tutti.core.store.VersionConflict;
import dev.tutti.core.store.Write;
import dev.tutti.core.surface.Caller;
import dev.tutti.core.surface.Callers;
import dev.tutti.core.surface.Role;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tokens that were given out: in the store, and all of them in memory. */
final class Tokens implements Callers {

  /** The token of the first start, which is a file and no document. */
  static final String FIRST = "first";

  private static final Logger log = LoggerFactory.getLogger(Tokens.class);

  /** So that a scan for lost secrets finds them. */
  private static final String MARK = "tutti_";

  private static final int SECRET_BYTES = 24;
  private static final int MOST = 1_000;
  private static final int MOST_SIGN_INS = 20;
  private static final Duration COARSE = Duration.ofHours(1);

  private final Engine engine;
  private final Trail trail;
  private final Users users;
  private final SecureRandom random = new SecureRandom();

  /** By the hash of the token. */
  private final Map<String, Document<AccessToken>> tokens = new ConcurrentHashMap<>();

  /**
   * A token that was just given out.
   *
   * @param secret what its holder shows; it is not known afterwards
   */
  record Given(String secret, AccessToken token) {
    @Override
    public String toString() {
      return "Given[%s]".formatted(token.name());
    }
  }

  Tokens(Engine engine, Users users) {
    this.engine = engine;
    this.trail = new Trail(engine);
    this.users = users;
    Stored.all(engine.store(), AccessToken.KIND)
        .forEach(found -> tokens.put(found.body().hash(), found));
  }

  @Override
  public Optional<Caller> byToken(String token) {
    Document<AccessToken> found = tokens.get(Sha256.hex(token));
    if (found == null || !isGood(found.body(), trail.now())) {
      return Optional.empty();
    }
    noteUse(found);
    AccessToken known = found.body();
    return known.isSignIn()
        ? users.find(known.user()).map(user -> new Caller(user.name(), user.role()))
        : Optional.of(new Caller("token:" + known.name(), known.role()));
  }

  /** A sign-in ends with its user, and with the password that it was made with. */
  private boolean isGood(AccessToken token, Instant now) {
    return !token.hasExpired(now)
        && (!token.isSignIn()
            || users
                .find(token.user())
                .filter(user -> !token.created().isBefore(user.changed()))
                .isPresent());
  }

  List<AccessToken> all() {
    Instant now = trail.now();
    return tokens.values().stream()
        .map(Document::body)
        .filter(token -> isGood(token, now))
        .sorted(Comparator.comparing(AccessToken::name))
        .toList();
  }

  /**
   * A token that lets in.
   *
   * @throws Failure.NotFound when there is none of that name, or it was the first one, a file
   */
  AccessToken get(String name) {
    return all().stream()
        .filter(token -> token.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new Failure.NotFound("token", name));
  }

  Given add(String name, Role role, Optional<Duration> lifetime, String by) {
    forgetWhatIsOver();
    if (name.equals(FIRST) || named(name).isPresent()) {
      throw new Failure.Rejected(
          Problem.of("token-exists", 409, "There is a token '%s' already.".formatted(name))
              .suggesting("Choose another name, or remove that one first."));
    }
    if (tokens.values().stream().filter(known -> !known.body().isSignIn()).count() >= MOST) {
      throw new Failure.Rejected(
          Problem.of("too-many-tokens", 409, "There are %d tokens, more cannot be.".formatted(MOST))
              .suggesting("Remove those that nobody uses."));
    }
    return give(
        name,
        role,
        "",
        lifetime,
        "token.added",
        "Token %s was added as %s by %s.".formatted(name, role.word(), by));
  }

  /** For somebody whose password was right. */
  Given signIn(User user, Duration lifetime, String address) {
    forgetWhatIsOver();
    tokens.values().stream()
        .filter(known -> known.body().user().equals(user.name()))
        .sorted(Comparator.comparing((Document<AccessToken> d) -> d.body().created()).reversed())
        .skip(MOST_SIGN_INS - 1L)
        .forEach(this::forget);
    return give(
        user.name() + "~" + HexFormat.of().toHexDigits(random.nextInt()),
        user.role(),
        user.name(),
        Optional.of(lifetime),
        "user.signed-in",
        "User %s signed in from %s.".formatted(user.name(), address));
  }

  private Given give(
      String name,
      Role role,
      String user,
      Optional<Duration> lifetime,
      String type,
      String sentence) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = trail.now();
    AccessToken token =
        new AccessToken(
            name, role, Sha256.hex(secret), user, now, lifetime.map(now::plus).orElse(null), null);
    trail.commit(
        new Write.PutDocument<>(AccessToken.KIND, name, 0, token, now), type, name, sentence);
    tokens.put(token.hash(), new Document<>(AccessToken.KIND, name, 1, now, now, token));
    return new Given(secret, token);
  }

  void remove(String name, String by) {
    if (name.equals(FIRST)) {
      throw new Failure.Rejected(
          Problem.of("token-of-first-start", 409, "The token of the first start is a file.")
              .suggesting(
                  "Stop the server, delete the file `token` in its data folder, and start it: it"
                      + " makes up another one."));
    }
    Document<AccessToken> known =
        named(name).orElseThrow(() -> new Failure.NotFound("token", name));
    trail.commit(
        new Write.DeleteDocument(AccessToken.KIND, known.id()),
        "token.removed",
        name,
        "Token %s was removed by %s.".formatted(name, by));
    tokens.remove(known.body().hash());
  }

  /** Ends a sign-in by its own token; nothing happens when it is none. */
  void signOut(String secret) {
    Document<AccessToken> known = tokens.get(Sha256.hex(secret));
    if (known != null && known.body().isSignIn()) {
      forget(known);
    }
  }

  /** Keeps a sign-in that would have ended with the password of its user. */
  void keep(String secret) {
    Document<AccessToken> known = tokens.get(Sha256.hex(secret));
    if (known == null || !known.body().isSignIn()) {
      return;
    }
    Instant now = trail.now();
    AccessToken renewed = known.body().renewedAt(now);
    engine.commit(
        Transaction.of(
            new Write.PutDocument<>(AccessToken.KIND, known.id(), known.version(), renewed, now)));
    tokens.put(
        renewed.hash(),
        new Document<>(
            AccessToken.KIND, known.id(), known.version() + 1, known.created(), now, renewed));
  }

  private Optional<Document<AccessToken>> named(String name) {
    return tokens.values().stream().filter(known -> known.id().equals(name)).findFirst();
  }

  private void forgetWhatIsOver() {
    Instant now = trail.now();
    tokens.values().stream().filter(known -> !isGood(known.body(), now)).forEach(this::forget);
  }

  private void forget(Document<AccessToken> known) {
    engine
        .store()
        .commitSoon(Transaction.of(new Write.DeleteDocument(AccessToken.KIND, known.id())));
    tokens.remove(known.body().hash());
  }

  /** At most once an hour for each token. */
  private void noteUse(Document<AccessToken> known) {
    Instant now = trail.now();
    Instant last = known.body().lastUsed();
    if (last != null && now.isBefore(last.plus(COARSE))) {
      return;
    }
    AccessToken used = known.body().usedAt(now);
    Document<AccessToken> next =
        new Document<>(
            AccessToken.KIND, known.id(), known.version() + 1, known.created(), now, used);
    if (tokens.replace(used.hash(), known, next)) {
      try {
        engine.commit(
            Transaction.of(
                new Write.PutDocument<>(AccessToken.KIND, known.id(), known.version(), used, now)));
      } catch (Failure | VersionConflict notKept) {
        // Who shows a good token comes in, whatever the disk says.
        log.debug("the use of token {} is not noted: {}", known.id(), notKept.getMessage());
      }
    }
  }
}
