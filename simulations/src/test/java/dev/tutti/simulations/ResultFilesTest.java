package dev.tutti.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.surface.Surface;
import dev.tutti.simulations.results.InfluxSurface;
import dev.tutti.simulations.results.Results;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model writes in InfluxDB's way is had as CSV from our API. */
class ResultFilesTest {

  private static final String API = "/api/v1/simulations";

  @TempDir private Path folder;

  @Test
  void pointsOfAModelComeOutAsATable() {
    Results results = new Results(folder.resolve("results"), 1 << 20);
    try (RestStage stage = new RestStage(folder, on -> surfaces(on, results))) {
      String id =
          RestStage.json(stage.post(API + "/start", RestStage.TOKEN, Neighbourhood.body(1)))
              .get("id")
              .stringValue();
      assertThat(stage.get(API + "/" + id + "/results", RestStage.TOKEN).body())
          .isEqualTo("{\"id\":\"%s\",\"measurements\":[]}".formatted(id));
      HttpResponse<String> written =
          stage.send(
              stage
                  .request("/write?db=GO-e&precision=s&u=user&p=word")
                  .POST(
                      BodyPublishers.ofString(
                          "pvinstallation,simulation_id=%s,esdl_id=pv1.1 power=2.5 900"
                              .formatted(id))));
      assertThat(written.statusCode()).isEqualTo(204);
      assertThat(stage.get(API + "/" + id + "/results", RestStage.TOKEN).body())
          .contains("[\"pvinstallation\"]");
      assertThat(stage.get(API + "/" + id + "/results/pvinstallation", RestStage.TOKEN).body())
          .isEqualTo("time,esdl_id,power\r\n1970-01-01T00:15:00Z,pv1.1,2.5\r\n");
    }
  }

  private static List<Surface> surfaces(RestStage on, Results results) {
    return List.of(
        new Surface(
            "tutti",
            "/api/v1",
            new SimulationEndpoints(on.simulations, on.planner, new ResultFiles(results), on.clock)
                .endpoints()),
        new InfluxSurface(results, new InfluxSurface.Account("user", "word"), on.clock).surface());
  }
}
