package dev.tutti.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnergySystemTest {
  private final EnergySystem street = EnergySystem.read(Street.ESDL);

  @Test
  void objectsAreFoundByIdAndClass() {
    assertThat(street.object("pv1").orElseThrow().name()).isEqualTo("Roof 1");
    assertThat(street.all("PVInstallation"))
        .extracting(EsdlObject::id)
        .containsExactly("pv1", "pv2");
    assertThat(street.all("EnergySystem")).extracting(EsdlObject::id).containsExactly("street");
    assertThat(street.object("pv1").orElseThrow().number("panelEfficiency", 0.2)).isEqualTo(0.25);
    assertThat(street.object("pv2").orElseThrow().number("panelEfficiency", 0.2)).isEqualTo(0.2);
  }

  @Test
  void classWithoutTypeIsTheFeaturesOwn() {
    assertThat(street.all("Area")).extracting(EsdlObject::id).containsExactly("area");
    assertThat(street.all("Instance")).hasSize(1);
  }

  @Test
  void connectionCountsWhoeverOfTheTwoSaysIt() {
    EsdlObject connection = street.object("ec1").orElseThrow();

    assertThat(street.owners(connection, Input.Reach.INFLOW))
        .extracting(EsdlObject::id)
        .containsExactly("pv1", "pv2");
    assertThat(street.connected(connection))
        .extracting(EsdlObject::id)
        .containsExactly("pv1", "pv2", "demand");
  }

  @Test
  void buildingIsNoEnergyAsset() {
    assertThat(street.object("house").orElseThrow().isEnergyAsset()).isFalse();
    assertThat(street.object("pv1").orElseThrow().isEnergyAsset()).isTrue();
    assertThat(street.parent(street.object("house").orElseThrow()).orElseThrow().id())
        .isEqualTo("area");
  }

  @Test
  void whatIsNoEsdlSaysSo() {
    assertThatThrownBy(() -> EnergySystem.read("<html/>")).hasMessageContaining("this is no ESDL");
    assertThatThrownBy(() -> EnergySystem.read("Some text"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("this is no ESDL");
  }

  @Test
  void nothingOutsideTheFileIsRead(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "the secret");
    String reaching =
        """
        <!DOCTYPE x [<!ENTITY secret SYSTEM "%s">]>
        <esdl:EnergySystem xmlns:esdl="http://www.tno.nl/esdl" id="a" name="a">&secret;</esdl:EnergySystem>
        """
            .formatted(secret.toUri());

    assertThatThrownBy(() -> EnergySystem.read(reaching)).hasMessageContaining("this is no ESDL");
  }

  @Test
  void depthIsBounded() {
    String deep = "<esdl:EnergySystem xmlns:esdl='x'>" + "<area>".repeat(300);

    assertThatThrownBy(() -> EnergySystem.read(deep)).hasMessageContaining("levels");
  }
}
