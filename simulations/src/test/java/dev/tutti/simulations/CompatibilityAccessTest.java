package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.surface.Caller;
import dev.tutti.core.surface.Role;
import dev.tutti.core.surface.Surface;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes in where, beside the original's own flow. */
class CompatibilityAccessTest {

  private static final String API = "/api/v1/simulation/";
  private static final CompatibilityAccess FOR_EVERYBODY =
      new CompatibilityAccess(
          Optional.empty(),
          Optional.empty(),
          Duration.ofHours(1),
          Optional.of(CompatibilityAccessTest::caller),
          Optional.empty(),
          true);

  @TempDir private Path folder;

  private static Optional<Caller> caller(String token) {
    return switch (token) {
      case RestStage.TOKEN -> Optional.of(new Caller("token:first", Role.ADMIN));
      case "a-viewer" -> Optional.of(new Caller("anna", Role.VIEWER));
      default -> Optional.empty();
    };
  }

  @Test
  void anAnonymousListenerLetsEverybodyInAndOurPortDoesNot() {
    try (RestStage own = stage(CompatibilitySurface::ofItsOwn)) {
      assertThat(own.send(own.request(API)).statusCode()).isEqualTo(200);
    }
    try (RestStage ours = stage(CompatibilitySurface::besideOurs)) {
      assertThat(ours.send(ours.request(API)).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void theTokenOfTheInstanceLetsInAsWell() {
    try (RestStage ours = stage(CompatibilitySurface::besideOurs)) {
      assertThat(ours.get(API, RestStage.TOKEN).statusCode()).isEqualTo(200);
      assertThat(ours.get(API, "another").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void theRoleOfATokenHoldsHereToo() {
    try (RestStage ours = stage(CompatibilitySurface::besideOurs)) {
      assertThat(ours.get(API, "a-viewer").statusCode()).isEqualTo(200);
      HttpResponse<String> answer =
          ours.send(ours.request(API + "x").header("Authorization", "Bearer a-viewer").DELETE());
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("Not enough permissions");
    }
  }

  @Test
  void withoutAPasswordNobodyCanLogIn() {
    try (RestStage ours = stage(CompatibilitySurface::besideOurs)) {
      for (String password : new String[] {"x", "null", "Optional.empty"}) {
        HttpResponse<String> answer =
            ours.send(
                ours.request(API + "token")
                    .POST(BodyPublishers.ofString("username=DotsUser&password=" + password)));
        assertThat(answer.statusCode()).isEqualTo(401);
      }
    }
  }

  @Test
  void whatIsSecretIsNotShown() {
    assertThat(CompatibilityAccess.withPassword("hidden-1", "hidden-2").toString())
        .doesNotContain("hidden");
    assertThatThrownBy(() -> CompatibilityAccess.withPassword("", "key"))
        .hasMessageContaining("empty");
  }

  private RestStage stage(Function<CompatibilitySurface, Surface> which) {
    return new RestStage(
        folder,
        on ->
            java.util.List.of(
                which.apply(
                    new CompatibilitySurface(
                        on.simulations, on.planner, FOR_EVERYBODY, on.clock))));
  }
}
