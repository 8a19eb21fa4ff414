package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.core.Failure;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record that nobody can read harms what it belongs to, and nothing else. */
class UnreadableRecordTest {

  private static final List<String> LISTS =
      List.of("deployments", "models", "workloads", "simulations", "images", "owners", "events");

  @ParameterizedTest
  @ValueSource(strings = {"deployment", "model", "workload"})
  void everythingElseGoesOn(String kind) throws Exception {
    try (TestServer server = TestServer.start()) {
      deploy(server);
      server.leave();
      assertThat(spoil(server, kind, "%bad%")).isPositive();
      server.comeBack();
      server.awaitReady();
      for (String list : LISTS) {
        assertThat(server.send("GET", "/api/v1/" + list, "").statusCode()).as(list).isEqualTo(200);
      }
      assertThat(server.get("/" + kind + "s").get("items").toString())
          .contains("good")
          .doesNotContain("bad");
      assertUnreadable(server, "/api/v1/deployments/dots-so~bad~1", kind.equals("deployment"));
      assertUnreadable(server, "/api/v1/models/dots-so~bad~1~stays", !kind.equals("deployment"));
      assertThat(server.get("/doctor").toString())
          .contains("cannot be read, such as: " + kind, "bad", "restore a backup");
      try (Wire wire = server.wire()) {
        server.send("POST", "/api/v1/deployments/dots-so~good~1/stop", "");
        wire.awaitAll("dots-so", "good");
      }
      // What runs for the other one is not touched, and its request is kept: a backup may help.
      assertThat(server.processes()).isNotEmpty();
      endWorkloads(server);
    }
  }

  /** Those of records that nobody can read are stopped by nobody. */
  private static void endWorkloads(TestServer server) {
    TestServer.processesIn(server.data())
        .forEach(left -> ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly));
  }

  private static void assertUnreadable(TestServer server, String path, boolean unreadable)
      throws Exception {
    HttpResponse<String> answer = server.send("GET", path, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(unreadable ? 500 : 200);
    if (unreadable) {
      assertThat(answer.body()).contains("record-unreadable", "Restore a backup");
    }
  }

  private static void deploy(TestServer server) throws Exception {
    server.app().images().add(Models.tiny("600"));
    try (Wire wire = server.wire()) {
      for (String simulation : List.of("bad", "good")) {
        wire.publish(
            "/lifecycle/dots-so/mso/" + simulation + "/DeployModels",
            Models.of(
                    Models.model(server.broker(), simulation, "stays"),
                    Models.model(server.broker(), simulation, "ended", "EXIT_CODE", "2"))
                .encode());
        wire.await(
            TestServer.SOON,
            h -> h.on("lifecycle", "mso", "dots-so", simulation, "ended", "ModelHasTerminated"));
        TestServer.await(
            "the other one runs",
            () ->
                server.app().records().deployment("dots-so~" + simulation + "~1").models().running()
                    == 1);
      }
    }
  }

  /**
   * Also of kinds that nobody thinks of. Without the record of the key it refuses to begin: what it
   * seals from then on could be lost.
   */
  @Test
  void serverStartsWhenNoRecordOfAKindCanBeRead() throws Exception {
    try (TestServer server = TestServer.start()) {
      deploy(server);
      for (int i = 0; i < 2; i++) {
        simulate(server);
      }
      server.leave();
      List<String> kinds = kinds(server);
      assertThat(kinds).contains("deployment", "image", "model", "simulation", "workload");
      assertThat(kinds.remove("seal")).isTrue();
      for (String kind : kinds) {
        assertThat(spoil(server, kind, "%")).as(kind).isPositive();
        server.comeBack();
        server.awaitReady();
        server.leave();
      }
      assertThat(spoil(server, "seal", "%")).isPositive();
      assertThatExceptionOfType(Failure.Rejected.class)
          .isThrownBy(server::comeBack)
          .withMessageContaining("tutti restore");
      endWorkloads(server);
    }
  }

  /** One that waits for its model for ever; the second waits for the first. */
  private static void simulate(TestServer server) throws Exception {
    String esdl =
        """
        <esdl:EnergySystem xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xmlns:esdl="http://www.tno.nl/esdl" id="system">
          <instance id="instance"><area id="area">
            <asset xsi:type="esdl:Import" id="a" name="Import"/></area></instance>
        </esdl:EnergySystem>
        """;
    String request =
        """
        {"start_date": "2023-01-25 00:00:00", "zone": "UTC", "time_step_seconds": 3600,
         "nr_of_time_steps": 2, "esdl_base64string": "%s", "calculation_services": [
           {"esdl_type": "Import", "calc_service_name": "import", "service_image_url": "tiny:1",
            "nr_of_models": 1}]}
        """
            .formatted(Base64.getEncoder().encodeToString(esdl.getBytes(StandardCharsets.UTF_8)));
    HttpResponse<String> answer = server.send("POST", "/api/v1/simulations/start", request);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
  }

  private static List<String> kinds(TestServer server) throws Exception {
    List<String> kinds = new ArrayList<>();
    try (Connection connection = sql(server);
        ResultSet rows =
            connection.createStatement().executeQuery("SELECT DISTINCT kind FROM document")) {
      while (rows.next()) {
        kinds.add(rows.getString(1));
      }
    }
    return kinds;
  }

  private static int spoil(TestServer server, String kind, String ids) throws Exception {
    try (Connection connection = sql(server);
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE document SET body = CAST('{\"spoilt\":' AS BLOB) WHERE kind = ? AND id LIKE ?")) {
      update.setString(1, kind);
      update.setString(2, ids);
      return update.executeUpdate();
    }
  }

  private static Connection sql(TestServer server) throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + server.data().resolve("tutti.db"));
  }
}
