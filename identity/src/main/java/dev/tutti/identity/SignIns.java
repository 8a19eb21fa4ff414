package dev.tutti.identity;

import dev.tutti.core.Failure;
import dev.tutti.core.Metrics;
import dev.tutti.core.Problem;
import dev.tutti.core.run.Engine;
import dev.tutti.core.surface.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a token for a name and a password. Who guesses is slowed down, by address and by name, and
 * learns nothing from how long an answer takes: for a name that nobody has, a password is compared
 * just so.
 */
final class SignIns {

  private static final Logger log = LoggerFactory.getLogger(SignIns.class);

  private static final int AT_ONCE = 10;
  private static final Duration PAUSE_OF_ADDRESS = Duration.ofSeconds(6);
  private static final Duration PAUSE_OF_NAME = Duration.ofSeconds(30);

  private static final List<String> OUTCOMES = List.of("admitted", "refused", "busy", "held off");

  /** Of a password that nobody knows, with the parameters of all others. */
  private static final String OF_NOBODY =
      "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA"
          + "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private final Users users;
  private final Tokens tokens;
  private final Passwords passwords;
  private final Trail trail;
  private final Duration lifetime;
  private final Attempts byAddress;
  private final Attempts byName;
  private final Metrics.Counter outcomes;

  SignIns(Engine engine, Users users, Tokens tokens, Passwords passwords, Duration lifetime) {
    this.users = users;
    this.tokens = tokens;
    this.passwords = passwords;
    this.trail = new Trail(engine);
    this.lifetime = lifetime;
    this.byAddress = new Attempts(engine.clock(), AT_ONCE, PAUSE_OF_ADDRESS);
    this.byName = new Attempts(engine.clock(), AT_ONCE, PAUSE_OF_NAME);
    this.outcomes =
        engine
            .metrics()
            .counter("tutti_sign_ins", "Tries of people to sign in, by outcome.", "outcome");
    OUTCOMES.forEach(outcome -> outcomes.add(outcome, 0));
  }

  /**
   * Signs a person in.
   *
   * @throws Failure.Rejected with 401 when name or password is wrong
   * @throws Failure.TooMany when that was tried too often, or by too many at once
   */
  Tokens.Given signIn(String name, String password, String address) throws InterruptedException {
    return tokens.signIn(verified(name, password, address), lifetime, address);
  }

  /** Signs a person in who may do so much; nothing is given to others, right or wrong. */
  Optional<Tokens.Given> signIn(String name, String password, String address, Role least)
      throws InterruptedException {
    try {
      User user = verified(name, password, address);
      return user.role().includes(least)
          ? Optional.of(tokens.signIn(user, lifetime, address))
          : Optional.empty();
    } catch (Failure.Rejected wrong) {
      return Optional.empty();
    }
  }

  /**
   * Who has this name and password. Tries count, whatever they are for.
   *
   * @throws Failure.Rejected with 401 when one of them is wrong
   */
  User verified(String name, String password, String address) throws InterruptedException {
    Optional<User> user = users.find(name);
    ask(byAddress, network(address), "from " + address);
    // Of a name that nobody has only so much is kept as a name may have.
    ask(byName, name.length() > 63 ? name.substring(0, 63) : name, who(user));
    boolean right = matches(password, user.map(User::hash).orElse(OF_NOBODY));
    if (user.isEmpty() || !right) {
      outcomes.add("refused", 1);
      log.info("A sign-in {} from {} was refused", who(user), address);
      throw new Failure.Rejected(
          Problem.of("sign-in-refused", 401, "The name or the password is wrong.")
              .suggesting("An admin can set a new one: `tutti user password NAME`."));
    }
    byName.forget(name);
    byAddress.forget(network(address));
    outcomes.add("admitted", 1);
    return user.get();
  }

  /**
   * Asks a person who is signed in for the password once more. Who guesses at it has as few tries
   * as at a sign-in.
   *
   * @throws Failure.Rejected when it is wrong
   */
  void requireRight(String name, String password, String address) throws InterruptedException {
    try {
      User _ = verified(name, password, address);
    } catch (Failure.Rejected wrong) {
      throw new Failure.Rejected(
          Problem.of("old-password-wrong", 400, "The old password is wrong.")
              .suggesting("An admin can set a new one: `tutti user password NAME`."));
    }
  }

  private boolean matches(String password, String hash) throws InterruptedException {
    try {
      return passwords.matches(
          password.length() > Passwords.LONGEST
              ? password.substring(0, Passwords.LONGEST + 1)
              : password,
          hash);
    } catch (Failure.TooMany busy) {
      outcomes.add("busy", 1);
      throw busy;
    }
  }

  private void ask(Attempts attempts, String key, String whose) {
    Attempts.Leave leave = attempts.ask(key);
    if (leave.first()) {
      log.warn("Sign-ins {} are held off: too many tries", whose);
      trail.note(
          "user.sign-in-held-off",
          "users",
          "Sign-ins %s are held off: too many tries.".formatted(whose));
    }
    if (!leave.given()) {
      outcomes.add("held off", 1);
      throw new Failure.TooMany(
          Problem.of("sign-in-too-often", 429, "That was tried too often.")
              .suggesting("Wait as long as Retry-After says, in seconds."),
          leave.delay());
    }
  }

  /** What somebody typed as a name may be a password: only names that there are may be told. */
  private static String who(Optional<User> user) {
    return user.map(known -> "of " + known.name()).orElse("of an unknown name");
  }

  /** Who has one address of version 6 has a whole network of them. */
  private static String network(String address) {
    String[] groups = address.split(":", -1);
    return groups.length < 5
        ? address
        : String.join(":", groups[0], groups[1], groups[2], groups[3]);
  }
}
