package dev.tutti.api;

import java.util.Map;

/**
 * What can be asked about users and tokens beyond listing and removing them.
 *
 * <p>Every method throws a {@link ClientFailure} when it does not succeed.
 */
public final class IdentityClient {

  private final TuttiClient client;
  private final Json json;

  /** With the codec of the client, which has to write requests. */
  public IdentityClient(TuttiClient client, Json json) {
    this.client = client;
    this.json = json;
  }

  public UserView addUser(UserRequest request) {
    return post(Resource.USERS.path(), request, UserView.class);
  }

  /** Ends all sign-ins with the old password, too. */
  public void setPassword(String user, String password) {
    client.put(Resource.USERS, user, "password", new PasswordRequest(password));
  }

  /** Sets the password of who is signed in; other sign-ins of theirs end. */
  public void setOwnPassword(String old, String password) {
    byte[] _ =
        client
            .exchange("password", Map.of())
            .call("PUT", json.write(new OwnPasswordRequest(old, password)));
  }

  public NewTokenView addToken(TokenRequest request) {
    return post(Resource.TOKENS.path(), request, NewTokenView.class);
  }

  public NewTokenView signIn(SignInRequest request) {
    return post("sign-in", request, NewTokenView.class);
  }

  /** Ends the sign-in whose token the client has. */
  public void signOut() {
    byte[] _ = client.exchange("sign-out", Map.of()).call("POST", new byte[0]);
  }

  private <T> T post(String path, Object body, Class<T> type) {
    byte[] answer = client.exchange(path, Map.of()).call("POST", json.write(body));
    return client.read(answer, type, path);
  }
}
