package dev.tutti.simulations.esdl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.simulations.Seeded;
import dev.tutti.simulations.esdl.EsdlReading.Read;
import dev.tutti.simulations.esdl.EsdlReading.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EsdlReaderTest {

  private static final String ROOT =
      "<esdl:EnergySystem xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
          + " xmlns:esdl=\"http://www.tno.nl/esdl\" id=\"es\"";

  private final EsdlReader reader = new EsdlReader(EsdlLimits.defaults());

  @Test
  void countsAllChildrenBeforeWhatIsInThem() {
    EnergySystem system =
        read(
            ROOT
                + ">"
                + "<instance id=\"i1\"><area id=\"a1\"><area id=\"a2\"/></area></instance>"
                + "<instance id=\"i2\"><area id=\"a3\"/></instance>"
                + "</esdl:EnergySystem>");
    assertThat(system.root().id()).isEqualTo("es");
    assertThat(system.contents())
        .extracting(EsdlObject::id)
        .containsExactly("i1", "i2", "a1", "a2", "a3");
  }

  @Test
  void knowsTheClassOfAnObjectThatDoesNotNameIt() {
    EnergySystem system =
        read(
            ROOT
                + "><instance><area><asset xsi:type=\"esdl:Building\"/></area></instance>"
                + "<energySystemInformation><carriers/><dataSources><dataSource/></dataSources>"
                + "</energySystemInformation><sector>X</sector></esdl:EnergySystem>");
    assertThat(system.contents())
        .extracting(EsdlObject::type)
        .containsExactly(
            "Instance",
            "EnergySystemInformation",
            "",
            "Area",
            "Building",
            "Carriers",
            "DataSources",
            "DataSource");
  }

  @Test
  void anyPrefixAndAnyVersionOfTheNamespaceWillDo() {
    for (String root :
        List.of(
            "<x:EnergySystem xmlns:s=\"http://www.w3.org/2001/XMLSchema-instance\""
                + " xmlns:x=\"http://www.tno.nl/esdl/v2401\"><instance s:type=\"x:Instance\"/>"
                + "</x:EnergySystem>",
            "<EnergySystem xmlns:s=\"http://www.w3.org/2001/XMLSchema-instance\""
                + " xmlns=\"http://www.tno.nl/esdl\"><instance s:type=\"Instance\"/>"
                + "</EnergySystem>")) {
      assertThat(read(root).contents()).extracting(EsdlObject::type).containsExactly("Instance");
    }
  }

  @Test
  void objectsOfAnotherFileAreNotCounted() {
    EnergySystem system =
        read(
            ROOT
                + "><instance id=\"i\"><area href=\"other.esdl#a\"><asset id=\"x\"/></area>"
                + "</instance></esdl:EnergySystem>");
    assertThat(system.contents()).extracting(EsdlObject::id).containsExactly("i");
  }

  @Test
  void objectsKnowTheirPlace() {
    EnergySystem system = read(ROOT + ">\n\n  <instance id=\"i\"/>\n</esdl:EnergySystem>");
    assertThat(system.contents().getFirst().line()).isEqualTo(3);
  }

  @Test
  void aByteOrderMarkIsNoMistake() {
    assertThat(read("\uFEFF" + ROOT + "/>").contents()).isEmpty();
  }

  @Test
  void longValuesAreReadWhole() {
    String id = "é".repeat(1_000_000);
    EnergySystem system = read(ROOT + "><instance id=\"" + id + "\"/></esdl:EnergySystem>");
    assertThat(system.contents().getFirst().id()).isEqualTo(id);
  }

  @Test
  void documentTypesAreRefusedWhateverTheyDeclare() {
    for (String declared :
        List.of(
            "<!DOCTYPE a>",
            "<!DOCTYPE a SYSTEM \"file:///etc/hostname\">",
            "<!DOCTYPE a PUBLIC \"x\" \"http://127.0.0.1:9/x.dtd\">",
            "<!DOCTYPE a [<!ENTITY b \"" + "x".repeat(1000) + "\">]>",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]>",
            "<!DOCTYPE a [<!ENTITY a \"&b;&b;\"><!ENTITY b \"&c;&c;\"><!ENTITY c \"d\">]>")) {
      assertThat(unreadable(declared + ROOT + "/>").reason())
          .as(declared)
          .contains("document type declaration");
    }
  }

  @Test
  void entitiesThatNobodyDeclaredAreRefused() {
    assertThat(unreadable(ROOT + " name=\"&x;\"/>").reason()).contains("x");
    assertThat(unreadable(ROOT + ">&x;</esdl:EnergySystem>").reason()).contains("x");
  }

  @Test
  void limitsAreKept() {
    EsdlReader small = new EsdlReader(new EsdlLimits(300, 4, 5));
    String start = ROOT + ">";
    String end = "</esdl:EnergySystem>";
    assertThat(small.read(bytes(start + "<a><b><c/></b></a><d/>" + end))).isInstanceOf(Read.class);
    assertThat(small.read(bytes(start + "<a><b><c><d/></c></b></a>" + end)))
        .isEqualTo(new Unreadable("Elements are nested more than 4 deep.", 1, 131));
    assertThat(((Unreadable) small.read(bytes(start + "<a/><a/><a/><a/><a/>" + end))).reason())
        .isEqualTo("There are more than 5 elements.");
    assertThat(((Unreadable) small.read(bytes(start + " ".repeat(300) + end))).reason())
        .contains("at most 300");
  }

  @Test
  void whatIsNoEsdlIsRefusedWithItsPlace() {
    assertThat(unreadable("")).isNotNull();
    assertThat(unreadable("<html/>").reason())
        .isEqualTo("The root is 'html', not an EnergySystem.");
    Unreadable torn = unreadable(ROOT + ">\n<instance>\n<area></instance></esdl:EnergySystem>");
    assertThat(torn.line()).isEqualTo(3);
    assertThat(torn.sentence()).startsWith("Line 3, column ").contains("area");
    assertThat(((Unreadable) reader.read(new byte[] {'<', (byte) 0xff})).reason())
        .contains("UTF-8");
  }

  @Test
  void everySortOfDamageIsEitherReadOrRefused() {
    EsdlReader small = new EsdlReader(new EsdlLimits(20_000, 20, 500));
    Seeded.cases(
        4_000,
        random -> {
          byte[] text = bytes(RandomEsdl.of(random));
          for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(text.length);
            text[at] =
                random.nextBoolean()
                    ? (byte) random.nextInt(256)
                    : text[random.nextInt(text.length)];
          }
          int length = random.nextInt(4) == 0 ? random.nextInt(text.length) : text.length;
          assertThat(small.read(java.util.Arrays.copyOf(text, length))).isNotNull();
        });
  }

  @Test
  void noiseIsRefused() {
    Seeded.cases(
        2_000,
        random -> {
          byte[] noise = new byte[random.nextInt(200)];
          random.nextBytes(noise);
          assertThat(reader.read(noise)).isInstanceOf(Unreadable.class);
        });
  }

  private EnergySystem read(String text) {
    EsdlReading reading = reader.read(bytes(text));
    assertThat(reading).isInstanceOf(Read.class);
    return ((Read) reading).system();
  }

  private Unreadable unreadable(String text) {
    EsdlReading reading = reader.read(bytes(text));
    assertThat(reading).isInstanceOf(Unreadable.class);
    return (Unreadable) reading;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
