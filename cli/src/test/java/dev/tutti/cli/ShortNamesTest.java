package dev.tutti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.cli.FakeServer.Reply;
import dev.tutti.cli.Tutti.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShortNamesTest {
  private final FakeServer server = new FakeServer();

  @BeforeEach
  void record() {
    server
        .on("GET /models?limit=1000", Reply.recorded("models.json"))
        .on("GET /deployments?limit=1000", Reply.recorded("deployments.json"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "sim01, dots-so~sim01~2",
    "sim01~1, dots-so~sim01~1",
    "dots-so~sim01, dots-so~sim01~2",
    "dots-so~sim01~1, dots-so~sim01~1",
    "essim~twice, essim~twice~1",
    "twice~4, dots-so~twice~4",
    "dots-so~never heard of~7, dots-so~never%20heard%20of~7"
  })
  void deploymentHasShortNames(String typed, String id) {
    server.on("GET /deployments/" + id, Reply.recorded("deployment.json"));

    Outcome outcome = Tutti.of(server).run("deployment", "get", typed);

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(0);
  }

  @ParameterizedTest
  @CsvSource({
    "2-model, dots-so~sim02-abc~1~2-model",
    "sim01/1-model, dots-so~sim01~2~1-model",
    "dots-so~sim01~1/1-model, dots-so~sim01~1~1-model",
    "dots-so~sim01~1~1-model, dots-so~sim01~1~1-model",
    "sim01/a b~ü, dots-so~sim01~2~a%20b~%C3%BC"
  })
  void modelHasShortNames(String typed, String id) {
    server.on("GET /models/" + id, Reply.recorded("model.json"));

    Outcome outcome = Tutti.of(server).run("model", "get", typed);

    assertThat(outcome.status()).as(outcome.err()).isEqualTo(0);
  }

  @Test
  void ambiguousModelNamesItsCandidates() {
    Outcome outcome = Tutti.of(server).run("model", "get", "1-model");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            tutti: 1-model may mean any of 2 models
            Say which one: dots-so~sim01~2~1-model, dots-so~sim02-abc~1~1-model
            """);
  }

  @Test
  void simulationOfTwoSimulatorsNamesItsCandidates() {
    Outcome outcome = Tutti.of(server).run("deployment", "stop", "twice");

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("essim~twice~1, dots-so~twice~4");
  }

  @Test
  void unknownNamesAreNotFound() {
    Outcome model = Tutti.of(server).run("model", "stop", "nobody");
    Outcome deployment = Tutti.of(server).run("model", "ls", "--deployment", "nothing");

    assertThat(model.status()).isEqualTo(3);
    assertThat(model.err())
        .isEqualTo("tutti: there is no model nobody\n`tutti model ls` lists them.\n");
    assertThat(deployment.status()).isEqualTo(3);
    assertThat(deployment.err()).contains("there is no deployment nothing");
  }
}
