package dev.tutti.simulations.esdl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is set in a file, and that nothing else changes. */
final class EsdlEditTest {

  private static final String FILE =
      """
      <?xml version="1.0"?>
      <!-- <asset id="pv1" power="0"/> stays -->
      <esdl:EnergySystem xmlns:esdl='http://www.tno.nl/esdl' id='the system'>
        <asset id="pv1"
            power='1'   name="a > b, power='7'"/>
        <asset name="&quot;two&quot;" id="pv&amp;2"/>
        <text><![CDATA[<asset id="pv1" power="0"/>]]></text>
      </esdl:EnergySystem>
      """;

  private static String set(String id, String attribute, String value) {
    return EsdlEdit.apply(FILE, List.of(new EsdlEdit.Change(Set.of(id), attribute, value)));
  }

  @Test
  void attributeThatIsThereIsReplacedAndAllElseStays() {
    assertThat(set("pv1", "power", "5000")).isEqualTo(FILE.replace("power='1'", "power=\"5000\""));
    assertThat(EsdlEdit.isThere(FILE, Set.of("pv1"), "power")).isTrue();
  }

  @Test
  void attributeThatIsNotThereIsAdded() {
    assertThat(set("pv&2", "power", "<\"&"))
        .isEqualTo(FILE.replace("<asset name=\"&", "<asset power=\"&lt;&quot;&amp;\" name=\"&"));
    assertThat(EsdlEdit.isThere(FILE, Set.of("pv&2"), "power")).isFalse();
  }

  @Test
  void rootIsAnObjectToo() {
    assertThat(set("the system", "id2", "x")).contains("<esdl:EnergySystem id2=\"x\" xmlns:esdl");
  }

  @Test
  void laterChangesWin() {
    assertThat(
            EsdlEdit.apply(
                FILE,
                List.of(
                    new EsdlEdit.Change(Set.of("pv1", "pv&2"), "power", "1.5"),
                    new EsdlEdit.Change(Set.of("pv1"), "power", "2.5"))))
        .contains("power=\"2.5\"   name=")
        .contains("<asset power=\"1.5\" name=");
  }
}
