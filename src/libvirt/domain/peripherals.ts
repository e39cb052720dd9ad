/** The devices that are neither disk nor NIC. Each is there once; what a person added beside ours stays. */
import {
  attr,
  child,
  children,
  ensureChild,
  insertAfter,
  removeChild,
  removeChildren,
  setAttrs,
  text,
} from '../tree.ts';
import { type Element, el } from '../xml.ts';
import type { DomainInput } from './input.ts';
import { aliasOf } from './layout.ts';

/** Kubernetes names hold no underscore: these aliases never meet a disk's. */
const RNG_ALIAS = 'ua-_rng';
const WATCHDOG_ALIAS = 'ua-_watchdog';
const VIDEO_ALIAS = 'ua-_video';
const AGENT_PORT = 'org.qemu.guest_agent.0';
const DEFAULT_STATS_PERIOD_SEC = 10;

export function editPeripherals(devices: Element, input: DomainInput): void {
  if (input.domainType === 'test') return;
  if (input.emulator !== undefined && text(child(devices, 'emulator')) !== input.emulator) {
    removeChildren(devices, 'emulator');
    devices.children.unshift(el('emulator', {}, [input.emulator]));
  }
  editScsi(devices, input);
  editSerial(devices, input);
  editAgent(devices, input);
  editGraphics(devices, input);
  editWatchdog(devices, input);
  editBalloon(devices, input);
  editRng(devices, input);
}

/** Without one of ours libvirt would put SCSI disks on an emulated LSI card, which cloud kernels do not know. */
function editScsi(devices: Element, input: DomainInput): void {
  if (!input.disks.some((disk) => disk.bus === 'scsi')) return;
  if (children(devices, 'controller').some((controller) => attr(controller, 'type') === 'scsi')) return;
  insertAfter(devices, el('controller', { type: 'scsi', index: 0, model: 'virtio-scsi' }), [
    'emulator',
    'disk',
    'controller',
  ]);
}

function editSerial(devices: Element, input: DomainInput): void {
  const first = children(devices, 'serial').find((serial) =>
    ['0', undefined].includes(attr(child(serial, 'target'), 'port')),
  );
  const serial = first ?? el('serial', { type: 'pty' }, [el('target', { port: 0 })]);
  if (!first) insertAfter(devices, serial, ['emulator', 'disk', 'controller', 'filesystem', 'interface']);
  editLog(serial, input.serialLogPath);
  // libvirt keeps <console> as the first serial port's twin, in both documents.
  const twin = children(devices, 'console').find((console) =>
    ['serial', undefined].includes(attr(child(console, 'target'), 'type')),
  );
  if (twin) editLog(twin, input.serialLogPath);
}

function editLog(port: Element, path: string | undefined): void {
  if (path === undefined) removeChildren(port, 'log');
  else setAttrs(ensureChild(port, 'log', ['source', 'protocol']), { file: path, append: 'on' });
}

function editAgent(devices: Element, input: DomainInput): void {
  const found = children(devices, 'channel').find((channel) => attr(child(channel, 'target'), 'name') === AGENT_PORT);
  if (input.agent && !found) {
    const channel = el('channel', { type: 'unix' }, [el('target', { type: 'virtio', name: AGENT_PORT })]);
    insertAfter(devices, channel, [
      'emulator',
      'disk',
      'controller',
      'filesystem',
      'interface',
      'serial',
      'console',
      'channel',
    ]);
  } else if (!input.agent && found) {
    removeChild(devices, found);
  }
}

function editGraphics(devices: Element, input: DomainInput): void {
  const found = children(devices, 'graphics').find((graphics) => attr(graphics, 'type') === 'vnc');
  if (input.graphics?.type !== 'VNC') {
    if (found) removeChild(devices, found);
    for (const video of children(devices, 'video')) if (aliasOf(video) === VIDEO_ALIAS) removeChild(devices, video);
    return;
  }
  const graphics = found ?? el('graphics', { type: 'vnc', port: -1, autoport: 'yes' });
  if (!found) devices.children.push(graphics);
  const { listen } = input.graphics;
  if (attr(graphics, 'listen') !== listen) {
    setAttrs(graphics, { listen });
    removeChildren(graphics, 'listen');
    graphics.children.push(el('listen', { type: 'address', address: listen }));
  }
  if (children(devices, 'video').length === 0) {
    devices.children.push(el('video', {}, [el('model', { type: 'vga' }), el('alias', { name: VIDEO_ALIAS })]));
  }
  editPointer(devices);
}

/** A tablet gives absolute positions; without one a pointer over VNC runs away. */
function editPointer(devices: Element): void {
  if (children(devices, 'input').some((input) => attr(input, 'type') === 'tablet')) return;
  const none = children(devices, 'controller').find(
    (usb) => attr(usb, 'type') === 'usb' && attr(usb, 'model') === 'none',
  );
  if (none) setAttrs(none, { model: 'qemu-xhci' });
  devices.children.push(el('input', { type: 'tablet', bus: 'usb' }));
}

function editWatchdog(devices: Element, input: DomainInput): void {
  const all = children(devices, 'watchdog');
  if (!input.watchdog) {
    for (const watchdog of all) if (aliasOf(watchdog) === WATCHDOG_ALIAS) removeChild(devices, watchdog);
    return;
  }
  const found = all.find((watchdog) => aliasOf(watchdog) === WATCHDOG_ALIAS) ?? all[0];
  const watchdog = found ?? el('watchdog', {}, [el('alias', { name: WATCHDOG_ALIAS })]);
  if (!found) devices.children.push(watchdog);
  setAttrs(watchdog, { model: input.watchdog.model, action: input.watchdog.action });
}

function editBalloon(devices: Element, input: DomainInput): void {
  const balloon = ensureChild(devices, 'memballoon');
  if (attr(balloon, 'model') === undefined) setAttrs(balloon, { model: 'virtio' });
  const period = input.memoryStatsPeriodSec ?? DEFAULT_STATS_PERIOD_SEC;
  if (period === 0) removeChildren(balloon, 'stats');
  else setAttrs(ensureChild(balloon, 'stats', []), { period });
}

function editRng(devices: Element, input: DomainInput): void {
  const all = children(devices, 'rng');
  if (!input.rng) {
    for (const rng of all) if (aliasOf(rng) === RNG_ALIAS) removeChild(devices, rng);
  } else if (all.length === 0) {
    const backend = el('backend', { model: 'random' }, ['/dev/urandom']);
    devices.children.push(el('rng', { model: 'virtio' }, [backend, el('alias', { name: RNG_ALIAS })]));
  }
}
