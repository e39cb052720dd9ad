/** What a domain is: identity, boot, firmware, platform features, clock, and what happens when the guest ends. */
import {
  attr,
  child,
  children,
  ensureChild,
  insertAfter,
  removeChildren,
  setAttrs,
  setBytes,
  setText,
} from '../tree.ts';
import { type Element, el } from '../xml.ts';
import type { DomainInput } from './input.ts';
import { before, isX86 } from './layout.ts';

const DEFAULT_TB_CACHE_MIB = 256;

export function editSystem(root: Element, input: DomainInput): void {
  setAttrs(root, { type: input.domainType });
  setText(ensureChild(root, 'name', []), input.name);
  setText(ensureChild(root, 'uuid', ['name']), input.uuid);
  if (input.title !== undefined) setText(ensureChild(root, 'title', ['name', 'uuid', 'genid']), input.title);
  editOs(ensureChild(root, 'os', before('os')), input);
  if (input.domainType !== 'test') editFeatures(root, input);
  editClock(root, input);
  // The operator decides about the next start, not the host: every ending but the guest's own reboot ends the process.
  setText(ensureChild(root, 'on_poweroff', before('on_poweroff')), 'destroy');
  setText(ensureChild(root, 'on_reboot', before('on_reboot')), 'restart');
  setText(ensureChild(root, 'on_crash', before('on_crash')), 'destroy');
}

function editOs(os: Element, input: DomainInput): void {
  const type = ensureChild(os, 'type', []);
  setText(type, 'hvm');
  setAttrs(type, { arch: input.arch });
  if (input.domainType === 'test') return;
  if (!isSameMachine(input.machineType, attr(type, 'machine'))) setAttrs(type, { machine: input.machineType });
  if (input.firmware?.type === 'UEFI') editUefi(os, input.firmware.secureBoot);
  else if (attr(os, 'firmware') === 'efi') {
    for (const name of ['firmware', 'loader', 'nvram']) removeChildren(os, name);
    setAttrs(os, { firmware: undefined });
  }
}

function editUefi(os: Element, secureBoot: boolean): void {
  setAttrs(os, { firmware: 'efi' });
  const firmware = ensureChild(os, 'firmware', ['type']);
  for (const name of ['secure-boot', 'enrolled-keys']) {
    const found = children(firmware, 'feature').find((feature) => attr(feature, 'name') === name);
    const feature = found ?? el('feature', { name });
    if (!found) firmware.children.push(feature);
    setAttrs(feature, { enabled: secureBoot ? 'yes' : 'no' });
  }
}

/** An alias (`q35`) is satisfied by any version of it: a machine keeps the version that it was first given. */
function isSameMachine(wanted: string, found: string | undefined): boolean {
  if (found === undefined) return false;
  if (wanted === found) return true;
  if (wanted === 'q35') return found.startsWith('pc-q35-');
  if (wanted === 'pc') return found.startsWith('pc-i440fx-');
  return wanted === 'virt' && found.startsWith('virt-');
}

function editFeatures(root: Element, input: DomainInput): void {
  const features = ensureChild(root, 'features', before('features'));
  ensureChild(features, 'acpi', []);
  if (isX86(input)) ensureChild(features, 'apic', ['acpi', 'pae']);
  if (input.domainType === 'qemu') {
    setBytes(
      ensureChild(ensureChild(features, 'tcg'), 'tb-cache'),
      (input.tbCacheMiB ?? DEFAULT_TB_CACHE_MIB) * 2 ** 20,
    );
  } else {
    removeChildren(features, 'tcg');
  }
  if (input.firmware?.type === 'UEFI' && input.firmware.secureBoot)
    setAttrs(ensureChild(features, 'smm'), { state: 'on' });
}

function editClock(root: Element, input: DomainInput): void {
  const offset = input.clock === 'localtime' ? 'localtime' : 'utc';
  const clock = child(root, 'clock');
  if (clock) {
    setAttrs(clock, { offset });
    return;
  }
  insertAfter(
    root,
    el('clock', { offset }, isX86(input) && input.domainType !== 'test' ? timers() : []),
    before('clock'),
  );
}

/** The timers that keep a guest's time right when the host is busy; what virt-install gives, too. */
function timers(): Element[] {
  return [
    el('timer', { name: 'rtc', tickpolicy: 'catchup' }),
    el('timer', { name: 'pit', tickpolicy: 'delay' }),
    el('timer', { name: 'hpet', present: 'no' }),
  ];
}
