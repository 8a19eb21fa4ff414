package dev.tutti.simulations;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A street for tests: five connections, and as many houses with three PV installations each. */
final class Neighbourhood {

  private Neighbourhood() {}

  static String esdl() {
    StringBuilder text =
        new StringBuilder(
            """
            <?xml version='1.0' encoding='UTF-8'?>
            <esdl:EnergySystem xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xmlns:esdl="http://www.tno.nl/esdl" id="the-system" name="Street">
              <instance xsi:type="esdl:Instance" id="instance">
                <area xsi:type="esdl:Area" id="area">
            """);
    for (int house = 1; house <= 5; house++) {
      text.append(
          "      <asset xsi:type=\"esdl:EConnection\" id=\"connection%d\">\n".formatted(house));
      text.append("        <geometry xsi:type=\"esdl:Point\" lon=\"4.9\" lat=\"52.3\"/>\n");
      text.append("      </asset>\n");
      text.append("      <asset xsi:type=\"esdl:Building\" id=\"house%d\">\n".formatted(house));
      for (int roof = 1; roof <= 3; roof++) {
        text.append(
            "        <asset xsi:type=\"esdl:PVInstallation\" id=\"pv%d.%d\"/>\n"
                .formatted(house, roof));
      }
      text.append("      </asset>\n");
    }
    return text.append("    </area>\n  </instance>\n</esdl:EnergySystem>\n").toString();
  }

  static String base64(String esdl) {
    return Base64.getEncoder().encodeToString(esdl.getBytes(StandardCharsets.UTF_8));
  }

  /** A body that asks for three services, the EnergySystem first. */
  static String body(int pvModels) {
    return """
    {
      "name": "My Street",
      "start_date": "2024-03-01 00:00:00",
      "time_step_seconds": 900,
      "nr_of_time_steps": 96,
      "calculation_services": [
        {"esdl_type": "EnergySystem", "calc_service_name": "energysystem_service",
         "service_image_url": "registry/energysystem:1", "nr_of_models": 1},
        {"esdl_type": "PVInstallation", "calc_service_name": "pvinstallation_service",
         "service_image_url": "registry/pv:1", "nr_of_models": %d},
        {"esdl_type": "EConnection", "calc_service_name": "econnection_service",
         "service_image_url": "registry/econnection:1", "nr_of_models": 1}
      ],
      "esdl_base64string": "%s"
    }
    """
        .formatted(pvModels, base64(esdl()));
  }
}
