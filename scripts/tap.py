#!/usr/bin/env python3
"""A network namespace whose only interface is the jack of a simulated computer.

    python3 scripts/tap.py [--netns NAME] [--address 10.0.0.1/24] -- COMMAND [ARG ...]

Makes the namespace with a TAP device `eth0`, starts COMMAND (such as `npm run -s sim -- bridge
fetch-a-page`), whose standard input and output carry frames (u32 big-endian length, then the frame),
and passes frames both ways until COMMAND or standard input ends, or somebody interrupts. Then
`ip netns exec NAME ping 10.0.0.2` and `curl` talk to the simulated computer. Needs root,
/dev/net/tun and ip(8). Prints `ready` when the world answers. The namespace goes away at the end.
"""
import argparse
import fcntl
import os
import select
import signal
import struct
import subprocess
import sys

TUNSETIFF = 0x400454CA
IFF_TAP = 0x0002
IFF_NO_PI = 0x1000
CLONE_NEWNET = 0x40000000


def ip(*words):
    subprocess.run(["ip", *words], check=True)


def open_tap(namespace, name):
    """A TAP belongs to the namespace that its maker is in: go there, make it, come back."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    home = os.open("/proc/self/ns/net", os.O_RDONLY)
    there = os.open(f"/var/run/netns/{namespace}", os.O_RDONLY)
    if libc.setns(there, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")
    tap = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TAP | IFF_NO_PI))
    if libc.setns(home, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")
    return tap


def read_frames(stream, rest):
    """Whole frames, what is left over, and whether the stream has ended."""
    chunk = os.read(stream, 65536)
    data = rest + chunk
    frames = []
    while len(data) >= 4:
        (length,) = struct.unpack(">I", data[:4])
        if len(data) < 4 + length:
            break
        frames.append(data[4 : 4 + length])
        data = data[4 + length :]
    return frames, data, not chunk


def pump(tap, child):
    out = child.stdout.fileno()
    rest = b""
    sources = [tap, out, sys.stdin.fileno()]
    while True:
        ready, _, _ = select.select(sources, [], [])
        if sys.stdin.fileno() in ready and not os.read(sys.stdin.fileno(), 4096):
            return
        if out in ready:
            frames, rest, ended = read_frames(out, rest)
            for frame in frames:
                if frame:
                    os.write(tap, frame)
                else:
                    print("ready", flush=True)
            if ended:
                return
        if tap in ready:
            frame = os.read(tap, 2048)
            child.stdin.write(struct.pack(">I", len(frame)) + frame)
            child.stdin.flush()


def stop(*_):
    raise KeyboardInterrupt


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--netns", default=f"autochitect{os.getpid()}")
    parser.add_argument("--address", default="10.0.0.1/24")
    parser.add_argument("command", nargs="+")
    asked = parser.parse_args()
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(each, stop)
    ip("netns", "add", asked.netns)
    child = None
    try:
        tap = open_tap(asked.netns, "eth0")
        # Without this the kernel's own neighbour discovery talks into a world that has no IPv6.
        inside = ["netns", "exec", asked.netns]
        ip(*inside, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1")
        ip(*inside, "ip", "address", "add", asked.address, "dev", "eth0")
        ip(*inside, "ip", "link", "set", "eth0", "up")
        child = subprocess.Popen(asked.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        pump(tap, child)
    except (KeyboardInterrupt, BrokenPipeError):
        pass
    finally:
        if child is not None:
            child.stdin.close()
            child.wait(timeout=10)
        ip("netns", "delete", asked.netns)


main()
