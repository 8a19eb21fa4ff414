package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tutti.api.ModelView;
import dev.tutti.core.Failure;
import dev.tutti.dots.EnvironmentVariable;
import dev.tutti.dots.LifecycleMessage.DeployModels;
import dev.tutti.dots.ModelConfiguration;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What nobody may run here, asked for by a message and over REST. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PolicyTest {

  /** T4 with FAILED and 126. */
  private static final String REFUSED = " 0801107e";

  private final TestServer server =
      TestServer.start(
          "TUTTI_POLICY_REGISTRIES", "docker.io, ghcr.io/acme",
          "TUTTI_POLICY_FORBIDDEN_VARIABLES", "LD_*");

  @AfterAll
  void close() {
    server.close();
  }

  private ModelView model(String id) {
    return server.app().records().model("dots-so~policy~1~" + id);
  }

  private static ModelConfiguration from(String image, ModelConfiguration model) {
    List<EnvironmentVariable> variables = new ArrayList<>();
    model
        .environment()
        .forEach((name, value) -> variables.add(new EnvironmentVariable(name, value)));
    return new ModelConfiguration(model.modelId(), image, variables);
  }

  @Test
  void deniedModelsOfAMessageFailWithTheRuleAndTheOthersRun() throws Exception {
    server.app().images().add(Models.tiny("0.2"));
    MessageBroker broker = server.broker();
    DeployModels request =
        Models.of(
            Models.model(broker, "policy", "good"),
            Models.model(broker, "policy", "preloads", "LD_PRELOAD", "/tmp/evil.so"),
            from("evil.example/tiny:1", Models.model(broker, "policy", "foreign")));
    try (Wire wire = server.wire()) {
      wire.publish("/lifecycle/dots-so/mso/policy/DeployModels", request.encode());
      wire.awaitAll("dots-so", "policy");
      assertThat(wire.ends("dots-so", "policy"))
          .contains("good ", "preloads" + REFUSED, "foreign" + REFUSED)
          .endsWith("all");
      assertThat(wire.heard(h -> h.on("tutti", "mso", "dots-so", "policy", "foreign", "Reason")))
          .first()
          .satisfies(told -> assertThat(told.text()).contains("evil.example", "registries"));
    }
    assertThat(model("good").exitCode()).isZero();
    assertThat(model("preloads").exitCode()).isEqualTo(126);
    assertThat(model("preloads").reason())
        .startsWith("PolicyDenied: rule 'variables'")
        .contains("LD_PRELOAD", "TUTTI_POLICY_FORBIDDEN_VARIABLES")
        .doesNotContain("evil.so");
    assertThat(model("foreign").exitCode()).isEqualTo(126);
    assertThat(model("foreign").reason())
        .startsWith("PolicyDenied: rule 'registries'")
        .contains("evil.example", "docker.io, ghcr.io/acme", "TUTTI_POLICY_REGISTRIES");
  }

  @Test
  void deniedRequestIsAnsweredWithEveryRuleAndStoresNothing() throws Exception {
    HttpResponse<String> answer =
        server.send(
            "POST",
            "/api/v1/deployments",
            """
            {"simulatorId": "so", "simulationId": "asked", "models": [
              {"id": "a", "image": "tiny:1"},
              {"id": "b", "image": "evil.example/tiny:1",
               "environment": {"LD_PRELOAD": "/tmp/evil.so"}}]}
            """);
    assertThat(answer.statusCode()).isEqualTo(422);
    JsonNode problem = TestServer.JSON.readTree(answer.body());
    assertThat(problem.get("type").asString()).endsWith("policy-denied");
    assertThat(problem.get("detail").asString())
        .contains("models[1]: rule 'registries'", "models[1]: rule 'variables'")
        .doesNotContain("models[0]");
    assertThat(answer.body()).contains("TUTTI_POLICY_REGISTRIES").doesNotContain("evil.so");
    assertThat(server.get("/deployments").toString()).doesNotContain("asked");
  }

  @Test
  void settingsThatCannotBeAreToldTogether() {
    Environment environment =
        new Environment(
            Map.of(
                "TUTTI_POLICY_REGISTRIES", "https://ghcr.io",
                "TUTTI_POLICY_MOST_CPUS", "many",
                "TUTTI_POLICY_MOST_MEMORY", "much",
                "TUTTI_POLICY_FORBIDDEN_VARIABLES", "A=B"));
    assertThatExceptionOfType(Failure.Rejected.class)
        .isThrownBy(() -> Configuration.read(environment))
        .satisfies(wrong ->
            assertThat(wrong.problem().detail())
                .contains(
                    "TUTTI_POLICY_REGISTRIES",
                    "TUTTI_POLICY_MOST_CPUS",
                    "TUTTI_POLICY_MOST_MEMORY",
                    "TUTTI_POLICY_FORBIDDEN_VARIABLES"));
  }

  @Test
  void settingsAreReadAsTheyAreMeant() {
    Configuration read =
        Configuration.read(
            new Environment(
                Map.of(
                    "TUTTI_POLICY_MOST_CPUS", "0.5",
                    "TUTTI_POLICY_MOST_MEMORY", "2GiB")));
    assertThat(read.policy().most().milliCpus()).isEqualTo(500);
    assertThat(read.policy().most().memory()).isEqualTo(2L << 30);
    assertThat(read.policy().registries()).isEmpty();
  }
}
