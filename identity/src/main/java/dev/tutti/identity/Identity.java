package dev.tutti.identity;

import dev.tutti.core.feature.Feature;
import dev.tutti.core.run.Engine;
import dev.tutti.core.surface.Audit;
import dev.tutti.core.surface.Callers;
import dev.tutti.core.surface.Endpoint;
import java.time.Duration;
import java.util.List;

/** Who may do what: users and tokens of an instance, and the trail of what they do. */
public final class Identity implements Feature {

  private final Callers callers;
  private final Audit audit;
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
    this.endpoints =
        new IdentityEndpoints(
            users, tokens, new SignIns(engine, users, tokens, passwords, signInLifetime));
  }

  /** Whose token is whose. */
  public Callers callers() {
    return callers;
  }

  /** Where it is kept who changed what. */
  public Audit audit() {
    return audit;
  }

  @Override
  public List<Endpoint> endpoints() {
    return endpoints.endpoints();
  }
}
