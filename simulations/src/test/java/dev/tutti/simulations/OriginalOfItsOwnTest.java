package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.surface.Surface;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The original's API on a listener of its own, with its pages. */
class OriginalOfItsOwnTest extends OriginalRestContract {

  @Override
  List<Surface> surfaces(RestStage on, CompatibilitySurface original) {
    return List.of(original.ofItsOwn());
  }

  @Test
  void theRootLinksToTheDescription() {
    HttpResponse<String> answer = stage.send(stage.request("/"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(answer.body()).contains("href=\"/docs\"");
  }

  @Test
  void theDescriptionNeedsNothingFromElsewhere() {
    for (String path : List.of("/docs", "/redoc")) {
      HttpResponse<String> answer = stage.send(stage.request(path));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("<!DOCTYPE html>").doesNotContain("http://", "https://");
    }
  }

  @Test
  void everyRouteIsDescribed() {
    JsonNode api = RestStage.json(stage.send(stage.request("/openapi.json")));
    assertThat(api.get("openapi").stringValue()).isEqualTo("3.0.2");
    assertThat(api.get("paths").propertyNames())
        .containsExactlyInAnyOrder(
            API + "/token",
            API + "/start",
            API + "/queue",
            API + "/{simulation_id}",
            API + "/",
            "/");
    assertThat(
            api.at("/components/securitySchemes/OAuth2PasswordBearer/flows/password/tokenUrl")
                .stringValue())
        .isEqualTo(API + "/token");
    assertThat(api.at("/components/schemas/SimulationStatus/properties").propertyNames())
        .containsExactlyElementsOf(
            List.of(
                "name",
                "start_date",
                "time_step_seconds",
                "nr_of_time_steps",
                "max_step_calc_time_minutes",
                "keep_logs_hours",
                "log_level",
                "calculation_services",
                "esdl_base64string",
                "simulation_id",
                "simulation_status",
                "calculation_start_datetime",
                "calculation_end_datetime",
                "calculation_duration"));
  }

  @Test
  void unknownPathsHaveTheFormOfTheOriginal() {
    HttpResponse<String> answer = stage.send(stage.request("/nothing"));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("{\"detail\":\"Not Found\"}");
  }
}
