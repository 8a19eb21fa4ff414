package dev.tutti.simulations;

import dev.tutti.core.Problem;
import dev.tutti.core.surface.Authentication;
import dev.tutti.core.surface.Caller;
import dev.tutti.core.surface.Request;
import dev.tutti.core.surface.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** The original's way to know its callers: a name and a password for a token, then the token. */
final class PasswordFlow implements Authentication.Scheme {

  static final String CHALLENGE = "Bearer";

  private static final int KEY_BYTES = 32;

  private final CompatibilityAccess access;
  private final SignedToken tokens;
  private final Clock clock;

  PasswordFlow(CompatibilityAccess access, Clock clock) {
    this.access = access;
    this.clock = clock;
    this.tokens =
        new SignedToken(
            access
                .secretKey()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElseGet(PasswordFlow::freshKey));
  }

  /** A token for the user, or a person of this instance, when name and password are right. */
  Optional<String> login(String name, String password, String address) throws InterruptedException {
    Optional<String> ofUser = ofUser(name, password);
    return ofUser.isPresent() || access.people().isEmpty() || name.equals(CompatibilityAccess.USER)
        ? ofUser
        : access.people().get().token(name, password, address);
  }

  private Optional<String> ofUser(String name, String password) {
    // Both are compared, whatever the first says: the time tells nothing about either.
    boolean known = same(CompatibilityAccess.USER, name);
    boolean right = access.password().map(ours -> same(ours, password)).orElse(false);
    return known && right
        ? Optional.of(
            tokens.issue(CompatibilityAccess.USER, clock.instant().plus(access.lifetime())))
        : Optional.empty();
  }

  @Override
  public Verdict judge(Role role, Request request) {
    String[] words = request.header("Authorization").orElse("").split(" ", 2);
    if (!words[0].equalsIgnoreCase("Bearer")) {
      return turned("token-required", "Not authenticated");
    }
    String token = words.length == 2 ? words[1].strip() : "";
    Optional<Caller> caller =
        tokens
            .subject(token, clock.instant())
            .filter(CompatibilityAccess.USER::equals)
            .map(user -> new Caller(user, Role.OPERATOR))
            .or(() -> access.callers().flatMap(ours -> ours.byToken(token)));
    if (caller.isEmpty()) {
      return turned("token-refused", "Could not validate credentials");
    }
    return caller.get().role().includes(role)
        ? new Verdict.Admitted(caller.get())
        : new Verdict.Turned(Problem.of("role-too-low", 403, "Not enough permissions"), CHALLENGE);
  }

  private static Verdict turned(String code, String detail) {
    return new Verdict.Turned(Problem.of(code, 401, detail), CHALLENGE);
  }

  private static boolean same(String ours, String shown) {
    return MessageDigest.isEqual(
        ours.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] freshKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }
}
