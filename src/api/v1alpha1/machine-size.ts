/** What makes the size of a machine: given by itself, or by its class. */
import { z } from 'zod';
import { atLeast, cel, int32, namedList, text } from '../schema/fields.ts';

/** Of a machine, and of a class. */
export const cpu = cel(
  z.object({
    cores: int32(1, 256)
      .default(1)
      .describe('Cores in each socket. More (up to max) are given while the machine runs; fewer at its next start.'),
    sockets: int32(1, 64).default(1).describe('Sockets. The machine has sockets × cores × threads vCPUs.'),
    threads: int32(1, 8).default(1).describe('Threads in each core.'),
    max: int32(1, 512)
      .optional()
      .describe(
        'Most vCPUs that the machine can be given while it runs; left out: what it has now. A change takes effect at the next start.',
      ),
    mode: z
      .enum(['Baseline', 'HostModel', 'HostPassthrough', 'Custom'])
      .default('Baseline')
      .describe(
        'CPU that the guest sees. Baseline: the best that all hosts it may run on share. HostModel: close to that of its host. HostPassthrough: exactly that of its host. Custom: model. A change takes effect at the next start.',
      ),
    model: text(64, {
      matches: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
      message: 'cpu.model must be a CPU model as libvirt names it: Haswell-noTSX, EPYC',
    })
      .optional()
      .describe('CPU model, with mode Custom: a name that virsh cpu-models knows.'),
    features: namedList(
      z.object({
        name: text(64, {
          matches: '^[a-z0-9][a-z0-9._-]*$',
          message: 'cpu.features.name must be a CPU feature as libvirt names it: vmx, pcid',
        }).describe('CPU feature, as libvirt names it.'),
        policy: z
          .enum(['Force', 'Require', 'Optional', 'Disable', 'Forbid'])
          .default('Require')
          .describe(
            'Require: the host must have it. Optional: when it has it. Disable: hide it. Force: show it in any case. Forbid: the host must not have it.',
          ),
      }),
      32,
    )
      .optional()
      .describe('CPU features added to or taken from the model. A change takes effect at the next start.'),
  }),
  {
    rule: '!has(self.max) || self.max >= self.cores * self.sockets * self.threads',
    message: 'cpu.max must be at least sockets × cores × threads: raise it, or lower those',
    fieldPath: '.max',
  },
  {
    rule: 'self.cores * self.sockets * self.threads <= 512',
    message: 'cpu: sockets × cores × threads must be at most 512',
    fieldPath: '.cores',
  },
  {
    rule: "(self.mode == 'Custom') == has(self.model)",
    message: 'cpu.model must be given with mode Custom, and left out with every other mode',
    fieldPath: '.model',
  },
);

/** Of a machine, and of a class. */
export const memory = cel(
  z.object({
    size: atLeast('memory.size', '8Mi').describe(
      'Memory of the guest: 4Gi. More (up to max) is given while the machine runs; less at its next start.',
    ),
    max: atLeast('memory.max', '8Mi')
      .optional()
      .describe(
        'Most memory that the machine can be given while it runs; left out: what it has now. A change takes effect at the next start.',
      ),
  }),
  {
    rule: '!has(self.max) || quantity(string(self.max)).compareTo(quantity(string(self.size))) >= 0',
    message: 'memory.max must be at least memory.size: raise it, or leave it out',
    fieldPath: '.max',
  },
  {
    rule: "quantity(string(self.size)).compareTo(quantity('16Ti')) <= 0",
    message: 'memory.size must be at most 16Ti',
    fieldPath: '.size',
  },
);

export type CpuSize = z.infer<typeof cpu>;
export type MemorySize = z.infer<typeof memory>;
