package dev.tutti.sdk;

/** A small energy system: a connection with two roofs and a household, a house, an area. */
final class Street {
  static final String ESDL =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <esdl:EnergySystem xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xmlns:esdl="http://www.tno.nl/esdl" id="street" name="Street">
        <instance id="instance" name="One">
          <area id="area" name="Street">
            <asset xsi:type="esdl:EConnection" id="ec1" name="Connection 1">
              <port xsi:type="esdl:InPort" id="ec1-in" connectedTo="pv1-out"/>
              <port xsi:type="esdl:OutPort" id="ec1-out" connectedTo="demand-in"/>
            </asset>
            <asset xsi:type="esdl:PVInstallation" id="pv1" name="Roof 1" panelEfficiency="0.25">
              <port xsi:type="esdl:OutPort" id="pv1-out" connectedTo="ec1-in"/>
            </asset>
            <asset xsi:type="esdl:PVInstallation" id="pv2" name="Roof 2">
              <port xsi:type="esdl:OutPort" id="pv2-out" connectedTo="ec1-in"/>
            </asset>
            <asset xsi:type="esdl:ElectricityDemand" id="demand" name="Household">
              <port xsi:type="esdl:InPort" id="demand-in" connectedTo="ec1-out"/>
            </asset>
            <asset xsi:type="esdl:Building" id="house" name="House"/>
          </area>
        </instance>
      </esdl:EnergySystem>
      """;

  private Street() {}
}
