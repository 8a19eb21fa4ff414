package dev.tutti.identity;

import dev.tutti.core.Failure;
import dev.tutti.core.Problem;
import dev.tutti.core.run.Engine;
import dev.tutti.core.store.Document;
import dev.tutti.core.store.Write;
import dev.tutti.core.surface.Role;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The people who may sign in: in the store, and all of them in memory. */
final class Users {

  private static final int MOST = 1_000;

  private final Trail trail;
  private final Passwords passwords;
  private final Map<String, Document<User>> users = new ConcurrentHashMap<>();

  Users(Engine engine, Passwords passwords) {
    this.trail = new Trail(engine);
    this.passwords = passwords;
    Stored.all(engine.store(), User.KIND).forEach(found -> users.put(found.id(), found));
  }

  Optional<User> find(String name) {
    return Optional.ofNullable(users.get(name)).map(Document::body);
  }

  /**
   * A user.
   *
   * @throws Failure.NotFound when there is none of that name
   */
  User get(String name) {
    return require(name).body();
  }

  List<User> all() {
    return users.values().stream()
        .map(Document::body)
        .sorted(Comparator.comparing(User::name))
        .toList();
  }

  User add(String name, Role role, String password, String by) throws InterruptedException {
    if (users.containsKey(name)) {
      throw new Failure.Rejected(
          Problem.of("user-exists", 409, "There is a user '%s' already.".formatted(name))
              .suggesting(
                  "Change the password with `tutti user password %s`, or remove the user first."
                      .formatted(name)));
    }
    if (users.size() >= MOST) {
      throw new Failure.Rejected(
          Problem.of("too-many-users", 409, "There are %d users, more cannot be.".formatted(MOST))
              .suggesting("Remove those who have left."));
    }
    String hash = passwords.hash(password);
    Instant now = trail.now();
    User user = new User(name, role, hash, now, now);
    write(
        0,
        user,
        now,
        "user.added",
        "User %s was added as %s by %s.".formatted(name, role.word(), by));
    return user;
  }

  /** Sets a new password; whoever is signed in with the old one is not any more. */
  void setPassword(String name, String password, String by) throws InterruptedException {
    require(name);
    String hash = passwords.hash(password);
    Document<User> known = require(name);
    Instant now = trail.now();
    User user = known.body();
    write(
        known.version(),
        new User(name, user.role(), hash, user.created(), now),
        now,
        "user.password-set",
        "The password of user %s was set by %s.".formatted(name, by));
  }

  void remove(String name, String by) {
    require(name);
    trail.commit(
        new Write.DeleteDocument(User.KIND, name),
        "user.removed",
        name,
        "User %s was removed by %s.".formatted(name, by));
    users.remove(name);
  }

  private Document<User> require(String name) {
    Document<User> known = users.get(name);
    if (known == null) {
      throw new Failure.NotFound("user", name);
    }
    return known;
  }

  private void write(long version, User user, Instant now, String type, String sentence) {
    trail.commit(
        new Write.PutDocument<>(User.KIND, user.name(), version, user, now),
        type,
        user.name(),
        sentence);
    users.put(
        user.name(),
        new Document<>(User.KIND, user.name(), version + 1, user.created(), now, user));
  }
}
