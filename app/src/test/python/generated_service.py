#!/usr/bin/python3
"""A calculation service that behaves as the generated ones do: faults included.

QoS 0, one attempt to connect, nothing waited for, completeness by counting messages, the end of a
step told before its inputs are cleared, exit code 0 after an error.

    generated_service.py CONFIG.json

The configuration is the generator's, as JSON, with formulas added: for each calculation, data name
and variable a Python expression of step, esdl_id and inputs (data name -> list of dictionaries).
"""
import base64
import json
import os
import sys
import traceback
import xml.etree.ElementTree as ElementTree

import paho.mqtt.client as mqtt

import wire

XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
BUILDINGS = ("Building", "BuildingUnit", "AggregatedBuilding")


class Esdl:
    def __init__(self, text):
        root = ElementTree.fromstring(text)
        self.objects, self.ports, self.links = {}, {}, {}
        self.order = []
        self.visit(root, None)
        for port, others in list(self.links.items()):
            for other in others:
                self.links.setdefault(other, set()).add(port)

    def visit(self, node, parent):
        feature = node.tag.split("}")[-1]
        kind = node.get(XSI_TYPE, feature[:1].upper() + feature[1:]).split(":")[-1]
        identity = node.get("id")
        if identity:
            self.objects[identity] = (kind, feature == "asset" and kind not in BUILDINGS)
            self.order.append(identity)
        if feature == "port":
            self.ports[identity] = (parent, kind)
            self.links.setdefault(identity, set()).update((node.get("connectedTo") or "").split())
        for child in node:
            self.visit(child, identity)

    def expected(self, identity, types):
        """Ids of the objects of these classes that an object receives from."""
        everywhere = [one for one in self.order if self.objects[one][0] in types]
        if not self.objects[identity][1]:
            return set(everywhere)
        inflow = {
            self.ports[other][0]
            for port, (owner, kind) in self.ports.items()
            if owner == identity and kind == "InPort"
            for other in self.links[port]
            if other in self.ports
        }
        return {one for one in everywhere if one in inflow or not self.objects[one][1]}


class Service:
    def __init__(self, config):
        environment = os.environ
        self.config = config
        self.name = config["service_name"]
        self.calculations = config["calculations"]
        self.simulation = environment["SIMULATION_ID"]
        self.model = environment["MODEL_ID"]
        self.qos = int(environment.get("MQTT_QOS", "0"))
        self.messages = None
        self.client = mqtt.Client()
        self.client.username_pw_set(
            environment.get("MQTT_USERNAME", ""), environment.get("MQTT_PASSWORD", "")
        )
        self.client.on_message = self.on_message

    def run(self):
        host = os.environ.get("MQTT_HOST", "localhost")
        self.client.connect(host, int(os.environ.get("MQTT_PORT", "1883")))
        self.subscribe("/lifecycle/dots-so/model/%s/%s/+" % (self.simulation, self.model))
        self.publish("/lifecycle/model/mso/%s/%s/ReadyForProcessing" % (self.simulation, self.model))
        self.client.loop_forever()

    def subscribe(self, topic):
        self.client.subscribe(topic, self.qos)

    def publish(self, topic, payload=b""):
        self.client.publish(topic, payload, 0)

    def tell(self, name, payload=b""):
        self.publish(
            "/lifecycle/model/dots-so/%s/%s/%s" % (self.simulation, self.model, name), payload
        )

    def on_message(self, _client, _data, message):
        try:
            self.dispatch(message.topic, message.payload)
        except Exception as failure:
            text = "%s\n%s" % (failure, traceback.format_exc())
            print(text, flush=True)
            self.tell("ErrorOccurred", wire.write(1, "str", text))
            self.client.disconnect()

    def dispatch(self, topic, payload):
        segments = topic.split("/")
        name = segments[6]
        if segments[1] == "data":
            self.count(name, payload)
        elif name == "ModelParameters":
            self.parameterize(json.loads(wire.decode({}, payload)[0]))
        elif name == "NewStep":
            if self.messages is None:
                raise RuntimeError("NewStep before ModelParameters")
            self.count("new_step", payload)
        elif name == "SimulationDone":
            self.publish(
                "/log/model/dots-so/%s/%s" % (self.simulation, self.model),
                "[INFO] simulation done".encode(),
            )
            self.client.disconnect()
        else:
            raise RuntimeError("unknown message " + name)

    def parameterize(self, parameters):
        text = base64.b64decode(parameters["esdl_base64string"] + "==").decode()
        esdl = Esdl(text)
        self.esdl_ids = parameters["esdl_ids"]
        types = {}
        for service in parameters["calculation_services"]:
            types.setdefault(service["calc_service_name"], set()).add(service["esdl_type"])
        self.expected = {}
        for calculation in self.calculations.values():
            for origin in calculation.get("receives", {}):
                ids = set()
                for identity in self.esdl_ids:
                    ids |= esdl.expected(identity, types.get(origin, set()))
                self.expected[origin] = ids
        for origin, ids in self.expected.items():
            for identity in sorted(ids):
                self.subscribe("/data/%s/model/%s/%s/#" % (origin, self.simulation, identity))
        self.subscribe("/lifecycle/dots-so/model/%s/dots-so/#" % self.simulation)
        self.clear()
        self.tell("Parameterized")

    def clear(self):
        self.messages = {}
        self.finished = set()

    def count(self, name, payload):
        self.messages.setdefault(name, []).append(payload)
        for calculation in sorted(self.calculations):
            if calculation not in self.finished and self.complete(self.calculations[calculation]):
                self.finished.add(calculation)
                self.calculate(calculation)
        if len(self.finished) == len(self.calculations):
            # The race of the original: told first, cleared afterwards.
            self.tell("CalculationsDone")
            self.clear()

    def complete(self, calculation):
        return self.messages.get("new_step") and all(
            len(self.messages.get(data, [])) >= len(self.expected[origin])
            for origin, received in calculation.get("receives", {}).items()
            for data in received
        )

    def calculate(self, name):
        calculation = self.calculations[name]
        step = json.loads(wire.decode({}, self.messages["new_step"][0])[0])
        inputs = {}
        for received in calculation.get("receives", {}).values():
            for data, variables in received.items():
                inputs[data] = [
                    dict(wire.decode(variables, payload)[1], origin=wire.decode(variables, payload)[0])
                    for payload in self.messages.get(data, [])
                ]
        print("step %s: %s of %s" % (step["time_step_nr"], name, inputs), flush=True)
        for identity in self.esdl_ids:
            for data, variables in calculation.get("sends", {}).items():
                formulas = calculation["formulas"][data]
                names = {
                    "inputs": inputs,
                    "step": int(step["time_step_nr"]),
                    "esdl_id": identity,
                }
                values = {one: eval(formulas[one], {}, names) for one in variables}
                self.publish(
                    "/data/%s/model/%s/%s/%s" % (self.name, self.simulation, identity, data),
                    wire.encode(identity, variables, values),
                )


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        Service(json.load(file)).run()
