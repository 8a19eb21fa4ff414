package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class AddressesTest {

  @Test
  void everyAddressThatAServerTellsIsOneWhereItAnswers() throws IOException, InterruptedException {
    try (TestServer server =
        TestServer.start(
            "SIMULATION_SURFACE_PORT", "0",
            "SIMULATION_SURFACE_ANONYMOUS", "true",
            "TUTTI_RESULTS_PORT", "0")) {
      assertThat(server.app().addresses())
          .extracting(Address::surface)
          .containsExactly("API", "Docs", "Health", "Surface", "Surface", "Results", "Broker");
      for (Address address : server.app().addresses()) {
        String where = address.where().split("[ ,]", 2)[0];
        if (where.startsWith("http:")) {
          HttpResponse<String> answer =
              server
                  .http()
                  .send(
                      HttpRequest.newBuilder(URI.create(where)).build(),
                      HttpResponse.BodyHandlers.ofString());
          assertThat(answer.statusCode()).as(address.toString()).isLessThan(500);
        } else {
          assertThat(where).isEqualTo("mqtt://127.0.0.1:" + server.broker().port());
        }
      }
      assertThat(server.app().addresses().getFirst().toString())
          .startsWith("API     http://127.0.0.1:");
    }
  }
}
