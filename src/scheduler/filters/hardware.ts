/** What the host's hardware and hypervisor can show to a guest. What a host does not tell keeps nobody away. */
import { type FixedFilter, rejected } from './filter.ts';

export const machineType: FixedFilter = {
  name: 'MachineType',
  check({ machineType: wanted }, { machineTypes }) {
    if (wanted === undefined || machineTypes === undefined || machineTypes.includes(wanted)) return null;
    return rejected('does', 'do', `not have the machine type ${wanted}`);
  },
};

export const firmware: FixedFilter = {
  name: 'Firmware',
  check({ firmware: wanted }, { firmwares }) {
    if (wanted === undefined || firmwares === undefined || firmwares.includes(wanted)) return null;
    return rejected('does', 'do', `not have the firmware ${wanted}`);
  },
};

export const cpuModel: FixedFilter = {
  name: 'CPUModel',
  check({ cpuModel: wanted, cpuFeatures }, host) {
    if (wanted !== undefined && host.cpuModels !== undefined && !host.cpuModels.includes(wanted))
      return rejected('cannot', 'cannot', `run the CPU model ${wanted}`);
    if (cpuFeatures === undefined || host.cpuFeatures === undefined) return null;
    const has = host.cpuFeatures;
    const missing = cpuFeatures.required?.find((feature) => !has.includes(feature));
    if (missing !== undefined) return rejected('does', 'do', `not have the CPU feature ${missing}`);
    const hated = cpuFeatures.forbidden?.find((feature) => has.includes(feature));
    return hated === undefined ? null : rejected('has', 'have', `the CPU feature ${hated}`);
  },
};

/** A resource that only some hosts advertise. How many are free is asked later. */
export const deviceKind: FixedFilter = {
  name: 'DeviceKind',
  check({ devices = {} }, host) {
    const missing = Object.keys(devices).find(
      (name) => (devices[name] ?? 0) > 0 && !(host.devices && Object.hasOwn(host.devices, name)),
    );
    return missing === undefined ? null : rejected('does', 'do', `not offer ${missing}`);
  },
};
