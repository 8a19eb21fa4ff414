package dev.tutti.simulations;

import java.util.Optional;

/** Gives people of this instance a token for their name and password. */
@FunctionalInterface
public interface SignIn {

  /**
   * A token, when both are right and the person may start simulations.
   *
   * @throws dev.tutti.core.Failure.TooMany when that was tried too often
   */
  Optional<String> token(String name, String password, String address) throws InterruptedException;
}
