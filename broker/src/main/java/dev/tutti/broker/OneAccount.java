package dev.tutti.broker;

import java.util.Set;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager3;
import org.jspecify.annotations.Nullable;

/**
 * Lets one account in, and it may do everything but touch what begins with a dollar sign: that is
 * where the broker keeps its own things.
 */
final class OneAccount implements ActiveMQSecurityManager3 {
  private final BrokerAccount account;

  OneAccount(BrokerAccount account) {
    this.account = account;
  }

  @Override
  public boolean validateUser(@Nullable String user, @Nullable String password) {
    return account.admits(user, password);
  }

  @Override
  @SuppressWarnings("NullAway") // The library takes null for "no", and says so in no annotation.
  public String validateUser(
      @Nullable String user, @Nullable String password, RemotingConnection connection) {
    return account.admits(user, password) ? account.user() : null;
  }

  @Override
  public boolean validateUserAndRole(
      String user, String password, Set<Role> roles, CheckType check) {
    return false;
  }

  /** The password was checked when the client connected; here it is only about the address. */
  @Override
  @SuppressWarnings("NullAway")
  public String validateUserAndRole(
      String user,
      String password,
      Set<Role> roles,
      CheckType check,
      String address,
      RemotingConnection connection) {
    return check != CheckType.MANAGE && !address.startsWith("$") ? account.user() : null;
  }
}
