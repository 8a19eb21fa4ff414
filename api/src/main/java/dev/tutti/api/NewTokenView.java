package dev.tutti.api;

/**
 * A token that was just given; it is not shown again.
 *
 * @param token to be sent as {@code Authorization: Bearer}
 */
public record NewTokenView(String token, TokenView details) {

  /** Without the token. */
  @Override
  public String toString() {
    return "NewTokenView[%s]".formatted(details.name());
  }
}
