"""What machines write: log lines, settings, states, alerts."""

from __future__ import annotations

from . import layout, words
from .draft import Draft, Facts, Written
from .registry import kind
from .scene import Scene

LOG = """
    timestamp: timestamp, time, logged at, date time | Time of the entry, as written
    level: level, log level, severity | Level of the entry
    host: host, hostname, machine | Name of the machine
    program: program, process, service, application | Program that wrote the line
    pid+: pid, process id | Number of the process
    user: user, username, account, login | Name of the user
    ip: ip address, client ip, source ip, remote address | Address of the client
    target_ip: destination ip, target ip, dst | Address of the target
    port+: port, port number | Number of the port
    method: method, http method, verb | Method of the request
    path: path, request path, url path | Path that was asked for
    status+: status code, http status, response code | Status of the answer
    size+: bytes, size, response size | Size in bytes
    duration: duration, elapsed time, latency | How long it took, with its unit
    file: file, filename, file path | File that is named
    request_id: request id, trace id, correlation id | Number that follows the request
    message: message, error message, text | The message itself, without time and level
    retry+: retry, attempt, retries | Number of the attempt
"""
LEVELS = ("INFO", "WARN", "ERROR", "DEBUG", "warning", "error", "notice", "CRITICAL", "fatal")
PROGRAMS = (
    "sshd",
    "nginx",
    "kernel",
    "cron",
    "postfix/smtpd",
    "dockerd",
    "payment-service",
    "auth",
    "scheduler",
    "backup.sh",
    "systemd",
    "api-gateway",
)
USERS = ("root", "admin", "jdoe", "deploy", "anna", "svc_backup", "mkumar", "guest", "postgres")
FILES = (
    "/var/log/app.log",
    "/etc/hosts",
    "C:\\Temp\\export.csv",
    "/home/anna/report.pdf",
    "/opt/app/config.yml",
    "data/2024/part-0003.bin",
)
STAMPS = (
    "{y}-{m:02d}-{d:02d} {t}",
    "{y}-{m:02d}-{d:02d}T{t}Z",
    "{d:02d}/Mar/{y}:{t} +0000",
    "Mar {d:>2} {t}",
    "[{y}/{m:02d}/{d:02d} {t}]",
    "{t}.{s:03d}",
)


def stamp(scene: Scene) -> str:
    """A time as programs write it."""
    clock = f"{scene.number(0, 23):02d}:{scene.number(0, 59):02d}:{scene.number(0, 59):02d}"
    values = {
        "y": scene.number(2015, 2027),
        "m": scene.number(1, 12),
        "d": scene.number(1, 28),
        "t": clock,
        "s": scene.number(0, 999),
    }
    return scene.word(STAMPS).format(**values)


def ip(scene: Scene) -> str:
    """An address of the network."""
    if scene.chance(0.1):
        return f"2001:db8:{scene.number(1, 9999)}::{scene.number(1, 999)}"
    return ".".join(str(scene.number(1, 254)) for _ in range(4))


@kind("technical", LOG, titles=("log line", "log entry", "event"), weight=1.8)
def log_line(scene: Scene) -> Draft:
    """One entry of a log: time, level, program and a message with values."""
    facts: Facts = {}
    parts = []
    if scene.chance(0.85):
        time = stamp(scene)
        facts["timestamp"] = time.strip("[]")
        parts.append(time)
    for key, value, share in (
        ("host", scene.pick("web-01", "db3.internal", "srv-lon-7", "edge12", scene.host()), 0.35),
        ("level", scene.pick("{}", "[{}]", "{}:").format(scene.word(LEVELS)), 0.6),
        ("request_id", scene.reference("req-??####", "########-####", "trace=?#?#?#?#"), 0.2),
    ):
        if scene.chance(share):
            facts[key] = value.strip("[]:").removeprefix("trace=")
            parts.append(value)
    if scene.chance(0.5):
        facts["program"] = scene.word(PROGRAMS)
        numbered = scene.chance(0.6)
        if numbered:
            facts["pid"] = scene.count(100, 32000)
        parts.append(f"{facts['program']}[{facts['pid']}]:" if numbered else f"{facts['program']}:")
    message = log_message(scene, facts)
    facts["message"] = message
    return Draft(" ".join([*parts, message]), facts)


def log_message(scene: Scene, facts: Facts) -> str:
    """The message of an entry."""
    return scene.pick(login_message, request_message, network_message, job_message)(scene, facts)


def login_message(scene: Scene, facts: Facts) -> str:
    """Somebody logs in, or fails to."""
    facts |= {"user": scene.word(USERS), "ip": ip(scene)}
    text = scene.pick(
        "Failed password for {u} from {i}",
        "Accepted publickey for {u} from {i}",
        "login ok user={u} src={i}",
        "session opened for {u} by {i}",
    )
    shown = text.format(u=facts["user"], i=facts["ip"])
    if scene.chance(0.5):
        facts["port"] = scene.count(22, 65000)
        shown += f" port {facts['port']}"
    if scene.chance(0.3):
        facts["retry"] = scene.count(1, 9)
        shown += f" (attempt {facts['retry']})"
    return shown


def request_message(scene: Scene, facts: Facts) -> str:
    """A request to a server and its answer."""
    facts |= {
        "method": scene.pick("GET", "POST", "PUT", "DELETE"),
        "path": scene.pick("/api/v1/orders", "/login", "/img/logo.png", "/cart?id=81", "/health"),
    }
    code = scene.pick(200, 201, 301, 404, 500, 503)
    facts["status"] = Written(str(code), code)
    shown = scene.pick('"{m} {p} HTTP/1.1" {s}', "{m} {p} -> {s}", "method={m} path={p} status={s}").format(
        m=facts["method"], p=facts["path"], s=facts["status"]
    )
    if scene.chance(0.4):
        facts["ip"] = ip(scene)
        shown = f"{facts['ip']} {shown}"
    if scene.chance(0.4):
        facts["size"] = scene.count(1000, 990000)
        shown += f" {facts['size']} bytes"
    if scene.chance(0.5):
        facts["duration"] = scene.pick("{} ms", "{}ms", "0.{}s").format(scene.number(2, 999))
        shown += f" in {facts['duration']}"
    return shown


def network_message(scene: Scene, facts: Facts) -> str:
    """A packet that was let through or not."""
    facts |= {"ip": ip(scene), "target_ip": ip(scene), "port": scene.count(1, 65000)}
    frame = scene.pick(
        "DROP SRC={a} DST={b} DPT={p}",
        "Denied tcp {a} -> {b}:{p}",
        "connection from {a} to {b} port {p} refused",
    )
    return frame.format(a=facts["ip"], b=facts["target_ip"], p=facts["port"])


def job_message(scene: Scene, facts: Facts) -> str:
    """A job with a file."""
    facts["file"] = scene.word(FILES)
    shown = scene.pick(
        "could not open {}: permission denied",
        "wrote {} successfully",
        "{} is corrupt, skipping",
        "uploading {}",
    ).format(facts["file"])
    if scene.chance(0.4):
        facts["duration"] = scene.pick("{} s", "{} min", "{}ms").format(scene.number(2, 900))
        shown += f" after {facts['duration']}"
    if scene.chance(0.3):
        facts["user"] = scene.word(USERS)
        shown += f" by {facts['user']}"
    return shown


STATE = """
    hostname: hostname, host, device name, system name | Name of the device
    model: model, hardware model, device type | Model of the device
    serial_no: serial number, serial, sn | Serial number
    version: version, software version, firmware | Version of the software
    uptime: uptime, up time, running for | How long it has been running
    ip: ip address, management ip, ip | Address of the device
    mac: mac address, mac, hardware address | Hardware address
    mask: subnet mask, netmask, mask | Mask of the network
    gateway: gateway, default gateway, router | Address of the gateway
    cpu: cpu load, cpu, processor load | Load of the processor
    memory: free memory, memory free, available memory | Free memory
    temperature: temperature, cpu temperature | Temperature with its unit
    disk: disk usage, disk used | How full the disk is
    location: location, rack, site | Where the device stands
    admin: administrator, admin contact, owner | Person who looks after it
    interfaces_up[]: active interfaces, interfaces up, ports up | Interfaces that are up
    interfaces_down[]: inactive interfaces, interfaces down, ports down | Interfaces that are down
    backup@: last backup, backup date | Day of the last backup
"""


@kind("technical people", STATE, titles=("device", "system status", "inventory"), weight=1.4)
def device_state(scene: Scene) -> Draft:
    """What a device tells about itself."""
    facts: Facts = {}
    rows = []
    for key, label, value in state_values(scene):
        if scene.chance(0.45):
            facts[key] = value
            rows.append((scene.pick(label, label.lower(), label.upper()), str(value)))
    body = layout.pairs(scene.rng, rows, scene.pick("colon", "equals", "dots", "aligned", "tab", "tight"))
    return Draft(
        layout.stack(
            scene.pick("", "show system", "# status", "-- system information --"),
            body,
            interfaces(scene, facts),
        ),
        facts,
    )


def state_values(scene: Scene) -> list[tuple[str, str, str | Written]]:
    """Field, label and value of a device."""
    mac = scene.pick(":", "-").join(scene.reference("##", "?#", "#?").replace("G", "A") for _ in range(6))
    return [
        (
            "hostname",
            "Hostname",
            scene.pick("core-sw-", "fw-", "srv", "ap-lobby-") + str(scene.number(1, 99)),
        ),
        ("model", "Model", scene.reference("WS-C####-24", "EX-##00", "R#40", "DL###")),
        ("serial_no", "Serial number", scene.reference("FOC####?###", "SN#########", "??##??##")),
        ("version", "Version", f"{scene.number(1, 17)}.{scene.number(0, 12)}.{scene.number(0, 9)}"),
        ("uptime", "Uptime", f"{scene.number(2, 400)} days, {scene.number(2, 23)} hours"),
        ("ip", "IP address", ip(scene)),
        ("mac", "MAC", mac),
        ("mask", "Netmask", scene.pick("255.255.255.0", "255.255.0.0", "255.255.255.128")),
        ("gateway", "Gateway", ip(scene)),
        ("cpu", "CPU load", f"{scene.number(1, 99)}%"),
        ("memory", "Free memory", f"{scene.number(100, 9000)} MB"),
        ("temperature", "Temperature", f"{scene.number(20, 80)} C"),
        ("disk", "Disk used", f"{scene.number(1, 99)} %"),
        ("location", "Location", scene.pick("Rack ", "Cabinet ", "Row ") + scene.reference("?#", "##")),
        ("admin", "Contact", scene.person()),
        ("backup", "Last backup", scene.day(style="yyyy-MM-dd")),
    ]


def interfaces(scene: Scene, facts: Facts) -> str:
    """Interfaces with their states."""
    if scene.chance(0.5):
        return ""
    names = scene.some(
        ("eth0", "eth1", "lo", "wlan0", "Gi0/1", "Gi0/2", "Gi0/24", "Te1/1/1", "vlan10", "tun0"), 2, 6
    )
    up = [name for name in names if scene.chance(0.6)]
    facts["interfaces_up"] = up
    facts["interfaces_down"] = [name for name in names if name not in up]
    rows = [[name, "up" if name in up else "down", str(scene.number(0, 9999))] for name in names]
    return "\n" + layout.table(scene.rng, ["Interface", "State", "Errors"], rows)


DATA = """
    column_one[]: {a}s, all {a}s, {a} list | All {a}s of the table; The {a} of every row
    column_two[]: {b}s, all {b}s, {b} list | All {b}s of the table; The {b} of every row
    sum#: {c} total, sum of {c} | Sum of the {c} column, as printed
    first: first {a}, top {a} | The {a} in the first row
    last: last {a}, bottom {a} | The {a} in the last row
    source: source, data source, taken from | Where the data come from
    updated@: last updated, as of, updated | Day of the data
    unit: unit, measured in | Unit of the numbers
    note: footnote, note, remark | Remark below the table
    missing[]: missing {a}s, excluded {a}s | Entries that were left out
"""


@kind("technical", DATA.format(a="name", b="place", c="value"), titles=("table", "data table"), weight=1.2)
def data_table(scene: Scene) -> Draft:
    """A table of names, places and values, with a few remarks."""
    count = scene.number(2, 8)
    names = list(dict.fromkeys(scene.pick(scene.company, scene.shop)() for _ in range(count)))
    places = [scene.city() for _ in names]
    values = [scene.number(3, 9000) for _ in names]
    facts: Facts = {"column_one": names, "first": names[0], "last": names[-1]}
    columns, head = (
        [names, [str(value) for value in values]],
        [scene.pick("Name", "Branch", "Site"), scene.pick("Value", "Sales", "Visitors")],
    )
    if scene.chance(0.6):
        facts["column_two"] = list(dict.fromkeys(places))
        columns.insert(1, places)
        head.insert(1, scene.pick("Place", "City", "Town"))
    rows = [list(row) for row in zip(*columns, strict=True)]
    if scene.chance(0.35):
        facts["sum"] = Written(str(sum(values)), sum(values))
        rows.append(["Total", *[""] * (len(head) - 2), str(sum(values))])
    below = []
    for key, frame, value in (
        (
            "source",
            "Source: {}",
            scene.pick("annual report", "city council", "own survey", "national statistics office"),
        ),
        ("updated", "As of {}", scene.day()),
        ("unit", "All values in {}", scene.pick("thousands", "tonnes", "EUR", "kWh", "litres")),
        (
            "note",
            "Note: {}",
            scene.pick("figures are provisional", "rounded to whole numbers", "two sites closed in spring"),
        ),
    ):
        if scene.chance(0.3):
            facts[key] = value
            below.append(frame.format(value))
    return Draft(
        layout.stack(
            scene.maybe(scene.word(words.TOPICS)), layout.table(scene.rng, head, rows), "\n".join(below)
        ),
        facts,
    )


SETTINGS = """
    name: name, project name, package name | Name of the project
    version: version, release, version number | Version
    author: author, maintainer, owner | Who wrote it
    license: license, licence | Licence
    host: host, server, hostname | Host to connect to
    port+: port, port number | Port
    database: database, db name, schema | Name of the database
    user: user, username, login | User name
    debug?: debug, debug mode, verbose | Whether debugging is switched on
    timeout+: timeout, timeout seconds | Timeout in seconds
    language: language, locale | Language
    dependencies[]: dependencies, requires, packages | Packages that are needed
    log_file: log file, log path, logfile | Path of the log
    email
    homepage: homepage, url, website | Address of the project
    api_key: api key, token, access key | Key for the service
"""


@kind("technical", SETTINGS, titles=("configuration", "settings", "package"), weight=1)
def settings_file(scene: Scene) -> Draft:
    """A file of settings in one of the usual notations."""
    values: list[tuple[str, str, str | Written]] = [
        (
            "name",
            "name",
            scene.pick("inventory", "weather-bot", "photo_sorter", "ledger", "map-tools", "tiny-shop"),
        ),
        ("version", "version", f"{scene.number(0, 9)}.{scene.number(0, 20)}.{scene.number(0, 9)}"),
        ("author", "author", scene.person()),
        ("license", "license", scene.pick("MIT", "Apache-2.0", "GPL-3.0", "BSD-3-Clause")),
        ("host", scene.pick("host", "server"), scene.host()),
        ("port", "port", scene.count(1024, 9999)),
        ("database", scene.pick("database", "db"), scene.pick("shop_prod", "users", "archive", "metrics")),
        ("user", scene.pick("user", "username"), scene.word(USERS)),
        ("timeout", "timeout", scene.count(5, 120)),
        ("language", scene.pick("language", "locale"), scene.pick("en", "de", "fr_FR", "pt-BR")),
        (
            "log_file",
            scene.pick("log_file", "logfile"),
            scene.pick("/var/log/app.log", "logs/out.txt", "./debug.log"),
        ),
        ("email", "email", scene.email()),
        ("homepage", "homepage", f"https://{scene.host()}/"),
    ]
    facts: Facts = {}
    rows = []
    for key, label, value in values:
        if scene.chance(0.45):
            facts[key] = value
            rows.append((label, str(value)))
    if scene.chance(0.35):
        facts["debug"] = scene.chance(0.5)
        rows.append(
            (
                scene.pick("debug", "verbose"),
                scene.pick("true", "on", "1") if facts["debug"] else scene.pick("false", "off", "0"),
            )
        )
    lines = [scene.pick("# settings", "[default]", "---", ""), *written_settings(scene, rows)]
    if scene.chance(0.35):
        found = scene.some(("requests", "numpy", "left-pad", "serde", "lodash", "pillow", "flask"), 1, 4)
        facts["dependencies"] = found
        lines += ["dependencies:", *[f"  - {name}" for name in found]]
    return Draft("\n".join(line for line in lines if line), facts)


def written_settings(scene: Scene, rows: list[tuple[str, str]]) -> list[str]:
    """Keys with values as INI, YAML, properties or shell."""
    style = scene.pick("ini", "yaml", "shell", "quoted")
    frames = {"ini": "{k} = {v}", "yaml": "{k}: {v}", "shell": "export {u}={v}", "quoted": '"{k}": "{v}",'}
    return [frames[style].format(k=key, u=key.upper(), v=value) for key, value in rows]
