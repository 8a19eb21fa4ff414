<?xml version="1.0" encoding="UTF-8"?>
<esdl:EnergySystem xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:esdl="http://www.tno.nl/esdl"
    id="neighbourhood" name="Neighbourhood" description="Ten houses on one cable behind one transformer" version="1" esdlVersion="v2207">
  <instance id="instance" name="Today">
    <area id="street" name="Street" scope="STREET">
      <asset xsi:type="esdl:Transformer" id="transformer" name="Transformer" capacity="63000.0" voltagePrimary="10.0" voltageSecundary="0.4">
        <port xsi:type="esdl:InPort" id="transformer-in" name="In"/>
        <port xsi:type="esdl:OutPort" id="transformer-out" name="Out" connectedTo="network-in"/>
        <geometry xsi:type="esdl:Point" lat="52.09070" lon="5.12140"/>
      </asset>
      <asset xsi:type="esdl:ElectricityNetwork" id="network" name="Cable">
        <port xsi:type="esdl:InPort" id="network-in" name="In" connectedTo="transformer-out"/>
        <port xsi:type="esdl:OutPort" id="network-out" name="Out" connectedTo="connection-01-in connection-02-in connection-03-in connection-04-in connection-05-in connection-06-in connection-07-in connection-08-in connection-09-in connection-10-in"/>
      </asset>
      <asset xsi:type="esdl:Building" id="house-01" name="House 1" type="RESIDENTIAL">
        <geometry xsi:type="esdl:Point" lat="52.09097" lon="5.12150"/>
        <asset xsi:type="esdl:EConnection" id="connection-01" name="Connection 1">
          <port xsi:type="esdl:InPort" id="connection-01-in" name="In" connectedTo="network-out roof-01-out"/>
          <port xsi:type="esdl:OutPort" id="connection-01-out" name="Out" connectedTo="household-01-in"/>
        </asset>
        <asset xsi:type="esdl:PVInstallation" id="roof-01" name="Roof 1" surfaceArea="16" panelEfficiency="0.2" angle="35" orientation="180" power="2880.0">
          <port xsi:type="esdl:OutPort" id="roof-01-out" name="Out" connectedTo="connection-01-in"/>
        </asset>
        <asset xsi:type="esdl:ElectricityDemand" id="household-01" name="Household 1">
          <port xsi:type="esdl:InPort" id="household-01-in" name="In" connectedTo="connection-01-out"/>
        </asset>
      </asset>
      <asset xsi:type="esdl:Building" id="house-02" name="House 2" type="RESIDENTIAL">
        <geometry xsi:type="esdl:Point" lat="52.09124" lon="5.12140"/>
        <asset xsi:type="esdl:EConnection" id="connection-02" name="Connection 2">
          <port xsi:type="esdl:InPort" id="connection-02-in" name="In" connectedTo="network-out roof-02-out"/>
          <port xsi:type="esdl:OutPort" id="connection-02-out" name="Out" connectedTo="household-02-in"/>
        </asset>
        <asset xsi:type="esdl:PVInstallation" id="roof-02" name="Roof 2" surfaceArea="24" panelEfficiency="0.2" angle="40" orientation="180" power="4320.0">
          <port xsi:type="esdl:OutPort" id="roof-02-out" name="Out" connectedTo="connection-02-in"/>
        </asset>
        <asset xsi:type="esdl:ElectricityDemand" id="household-02" name="Household 2">
          <port xsi:type="esdl:InPort" id="household-02-in" name="In" connectedTo="connection-02-out"/>
        </asset>
      </asset>
      <asset xsi:type="esdl:Building" id="house-03" name="House 3" type="RESIDENTIAL">
        <geometry xsi:type="esdl:Point" lat="52.09151" lon="5.12150"/>
        <asset xsi:type="esdl:EConnection" id="connection-03" name="Connection 3">
          <port xsi:type="esdl:InPort" id="connection-03-in" name="In" connectedTo="network-out roof-03-out"/>
          <port xsi:type="esdl:OutPort" id="connection-03-out" name="Out" connectedTo="household-03-in"/>
        </asset>
        <asset xsi:type="esdl:PVInstallation" id="roof-03" name="Roof 3" surfaceArea="20" panelEfficiency="0.2" angle="30" orientation="165" power="3600.0">
          <port xsi:type="esdl:OutPort" id="roof-03-out" name="Out" connectedTo="connection-03-in"/>
        </asset>
        <asset xsi:type="esdl:ElectricityDemand" id="household-03" name="Household 3">
          <port xsi:type="esdl:InPort" id="household-03-in" name="In" connectedTo="connection-03-out"/>
        </asset>
      </asset>
      <asset xsi:type="esdl:Building" id="house-04" name="House 4" type="RESIDENTIAL">
        <geometry xsi:type="esdl:Point" lat="52.09178" lon="5.12140"/>
        <asset xsi:type="esdl:EConnection" id="connection-04" name="Connection 4">
          <port xsi:type="esdl:InPort" id="connection-04-in" name="In" connectedTo="network-out roof-04-out"/>
          <port xsi:type="esdl:OutPort" id="connection-04-out" name="Out" connectedTo="household-04-in"/>
        </asset>
        <asset xsi:type="esdl:PVInstallation" id="roof-04" name="Roof 4" surfaceArea="28" panelEfficiency="0.2" angle="35" orientation="200" power="5040.0">
          <port xsi:type="esdl:OutPort" id="roof-04-out" name="Out" connectedTo="connection-04-in"/>
        </asset>
        <asset xsi:type="esdl:ElectricityDemand" id="household-04" name="Household 4">
          <port xsi:type="esdl:InPort" id="household-04-in" name="In" connectedTo="connection-04-out"/>
        </asset>
      </asset>
      <asset xsi:type="esdl:Building" id="house-05" name="House 5" type="RESIDENTIAL">
        <geometry xsi:type="esdl:Point" lat="52.09205" lon="5.12150"/>
        <asset xsi:type="esdl:EConnection" id="connection-05" name="Connection 5">
          <port xsi:type="esdl:InPort" id="connection-05-in" name="In" connectedTo="network-out roof-05-out"/>
          <port xsi:type="esdl:OutPort" id="connection-05-out" name="Out" connectedTo="household-05-in"/>
        </asset>
        <asset xsi:type="esdl:PVInstallation" id="roof-05" name="Roof 5" surfaceArea="18" panelEfficiency="0.2" angle="20" orientation="90" power="3240.0">
          <port xsi:type="esdl:OutPort" id="roof-05-out" name="Out" connectedTo="connection-05-in"/>
        </asset>
        <asset xsi:type="esdl:ElectricityDemand" id="household-05" name="Household 5">
          <port xsi:type="esdl:InPort" id="household-05-in" name="In" connectedTo="connection-05-out"/>
        </asset>
      </asset>
      <asset xsi:type="esdl:Building" id="house-06" name="House 6" type="RESIDENTIAL">
        <geometry xsi:type="esdl:Point" lat="52.09232" lon="5.12140"/>
        <asset xsi:type="esdl:EConnection" id="connection-06" name="Connection 6">
          <port xsi:type="esdl:InPort" id="connection-06-in" name="In" connectedTo="network-out roof-06-out"/>
          <port xsi:type="esdl:OutPort" id="connection-06-out" name="Out" connectedTo="household-06-in"/>
        </asset>
        <asset xsi:type="esdl:PVInstallation" id="roof-06" name="Roof 6" surfaceArea="18" panelEfficiency="0.2" angle="20" orientation="270" power="3240.0">
          <port xsi:type="esdl:OutPort" id="roof-06-out" name="Out" connectedTo="connection-06-in"/>
        </asset>
        <asset xsi:type="esdl:ElectricityDemand" id="household-06" name="Household 6">
          <port xsi:type="esdl:InPort" id="household-06-in" name="In" connectedTo="connection-06-out"/>
        </asset>
      </asset>
      <asset xsi:type="esdl:Building" id="house-07" name="House 7" type="RESIDENTIAL">
        <geometry xsi:type="esdl:Point" lat="52.09259" lon="5.12150"/>
        <asset xsi:type="esdl:EConnection" id="connection-07" name="Connection 7">
          <port xsi:type="esdl:InPort" id="connection-07-in" name="In" connectedTo="network-out roof-07-out"/>
          <port xsi:type="esdl:OutPort" id="connection-07-out" name="Out" connectedTo="household-07-in"/>
        </asset>
        <asset xsi:type="esdl:PVInstallation" id="roof-07" name="Roof 7" surfaceArea="32" panelEfficiency="0.2" angle="15" orientation="180" power="5760.0">
          <port xsi:type="esdl:OutPort" id="roof-07-out" name="Out" connectedTo="connection-07-in"/>
        </asset>
        <asset xsi:type="esdl:ElectricityDemand" id="household-07" name="Household 7">
          <port xsi:type="esdl:InPort" id="household-07-in" name="In" connectedTo="connection-07-out"/>
        </asset>
      </asset>
      <asset xsi:type="esdl:Building" id="house-08" name="House 8" type="RESIDENTIAL">
        <geometry xsi:type="esdl:Point" lat="52.09286" lon="5.12140"/>
        <asset xsi:type="esdl:EConnection" id="connection-08" name="Connection 8">
          <port xsi:type="esdl:InPort" id="connection-08-in" name="In" connectedTo="network-out roof-08-out"/>
          <port xsi:type="esdl:OutPort" id="connection-08-out" name="Out" connectedTo="household-08-in"/>
        </asset>
        <asset xsi:type="esdl:PVInstallation" id="roof-08" name="Roof 8" surfaceArea="12" panelEfficiency="0.2" angle="45" orientation="150" power="2160.0">
          <port xsi:type="esdl:OutPort" id="roof-08-out" name="Out" connectedTo="connection-08-in"/>
        </asset>
        <asset xsi:type="esdl:ElectricityDemand" id="household-08" name="Household 8">
          <port xsi:type="esdl:InPort" id="household-08-in" name="In" connectedTo="connection-08-out"/>
        </asset>
      </asset>
      <asset xsi:type="esdl:Building" id="house-09" name="House 9" type="RESIDENTIAL">
        <geometry xsi:type="esdl:Point" lat="52.09313" lon="5.12150"/>
        <asset xsi:type="esdl:EConnection" id="connection-09" name="Connection 9">
          <port xsi:type="esdl:InPort" id="connection-09-in" name="In" connectedTo="network-out roof-09-out"/>
          <port xsi:type="esdl:OutPort" id="connection-09-out" name="Out" connectedTo="household-09-in"/>
        </asset>
        <asset xsi:type="esdl:PVInstallation" id="roof-09" name="Roof 9" surfaceArea="22" panelEfficiency="0.2" angle="35" orientation="180" power="3960.0">
          <port xsi:type="esdl:OutPort" id="roof-09-out" name="Out" connectedTo="connection-09-in"/>
        </asset>
        <asset xsi:type="esdl:ElectricityDemand" id="household-09" name="Household 9">
          <port xsi:type="esdl:InPort" id="household-09-in" name="In" connectedTo="connection-09-out"/>
        </asset>
      </asset>
      <asset xsi:type="esdl:Building" id="house-10" name="House 10" type="RESIDENTIAL">
        <geometry xsi:type="esdl:Point" lat="52.09340" lon="5.12140"/>
        <asset xsi:type="esdl:EConnection" id="connection-10" name="Connection 10">
          <port xsi:type="esdl:InPort" id="connection-10-in" name="In" connectedTo="network-out roof-10-out"/>
          <port xsi:type="esdl:OutPort" id="connection-10-out" name="Out" connectedTo="household-10-in"/>
        </asset>
        <asset xsi:type="esdl:PVInstallation" id="roof-10" name="Roof 10" surfaceArea="20" panelEfficiency="0.2" angle="38" orientation="225" power="3600.0">
          <port xsi:type="esdl:OutPort" id="roof-10-out" name="Out" connectedTo="connection-10-in"/>
        </asset>
        <asset xsi:type="esdl:ElectricityDemand" id="household-10" name="Household 10">
          <port xsi:type="esdl:InPort" id="household-10-in" name="In" connectedTo="connection-10-out"/>
        </asset>
      </asset>
    </area>
  </instance>
</esdl:EnergySystem>
