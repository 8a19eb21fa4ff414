package dev.tutti.identity;

import dev.tutti.core.feature.Feature;
import dev.tutti.core.run.Engine;
import dev.tutti.core.surface.Audit;
import dev.tutti.core.surface.Callers;
import dev.tutti.core.surface.Endpoint;
import dev.tutti.core.surface.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who may do what: users and tokens of an instance, and the trail of what they do. */
public final class Identity implements Feature {

  private final Callers callers;
  private final Audit audit;
  private final SignIns signIns;
  private final IdentityEndpoints endpoints;

  /**
   * Reads all users and tokens.
   *
   * @param firstToken the token of the first start, which may do everything
   * @param signInLifetime how long a sign-in lasts
   */
  public Identity(Engine engine, String firstToken, Duration signInLifetime) {
    Passwords passwords = Passwords.ofThisMachine();
    Users users = new Users(engine, passwords);
    Tokens tokens = new Tokens(engine, users);
    this.callers = Callers.only("token:" + Tokens.FIRST, firstToken).or(tokens);
    this.audit = new JournalAudit(engine);
    this.signIns = new SignIns(engine, users, tokens, passwords, signInLifetime);
    this.endpoints = new IdentityEndpoints(users, tokens, signIns);
  }

  /** Whose token is whose. */
  public Callers callers() {
    return callers;
  }

  /** Where it is kept who changed what. */
  public Audit audit() {
    return audit;
  }

  /**
   * A token for a person who may do so much, when name and password are right.
   *
   * @throws dev.tutti.core.Failure.TooMany when that was tried too often
   */
  public Optional<String> signIn(String name, String password, String address, Role least)
      throws InterruptedException {
    return signIns.signIn(name, password, address, least).map(Tokens.Given::secret);
  }

  @Override
  public List<Endpoint> endpoints() {
    return endpoints.endpoints();
  }
}
