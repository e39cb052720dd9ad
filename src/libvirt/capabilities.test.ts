import { expect, test } from 'vitest';
import { emulatorFor, readCapabilities, readDomainCapabilities, resolveMachine } from './capabilities.ts';

const capabilities = readCapabilities(`<capabilities>
  <host>
    <uuid>00000000-0000-4000-8000-0000000000aa</uuid>
    <cpu><arch>x86_64</arch><model>EPYC</model><vendor>AMD</vendor><topology sockets='1' dies='2' cores='4' threads='2'/></cpu>
    <migration_features><live/><uri_transports><uri_transport>tcp</uri_transport><uri_transport>rdma</uri_transport></uri_transports></migration_features>
    <topology><cells num='2'>
      <cell id='0'><memory unit='KiB'>1024</memory><cpus num='8'/></cell>
      <cell id='1'><memory unit='KiB'>2048</memory><cpus><cpu id='8'/><cpu id='9'/></cpus></cell>
    </cells></topology>
    <secmodel><model>apparmor</model><doi>0</doi></secmodel>
  </host>
  <guest><os_type>hvm</os_type><arch name='x86_64'><wordsize>64</wordsize>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <machine maxCpus='255'>pc-i440fx-7.2</machine>
    <machine canonical='pc-i440fx-7.2' maxCpus='255'>pc</machine>
    <machine canonical='pc-q35-7.2' maxCpus='288'>q35</machine>
    <machine maxCpus='288'>pc-q35-7.2</machine>
    <domain type='qemu'/><domain type='kvm'/></arch></guest>
  <guest><os_type>hvm</os_type><arch name='aarch64'><wordsize>64</wordsize><emulator>/usr/bin/qemu-system-aarch64</emulator><domain type='qemu'/></arch></guest>
</capabilities>`);

test('a host says what it is', () => {
  expect(capabilities.host).toEqual({
    uuid: '00000000-0000-4000-8000-0000000000aa',
    arch: 'x86_64',
    cpu: { model: 'EPYC', vendor: 'AMD', sockets: 2, cores: 4, threads: 2 },
    numaCells: [
      { id: 0, memoryBytes: 2 ** 20, cpus: 8 },
      { id: 1, memoryBytes: 2 ** 21, cpus: 2 },
    ],
    cpus: 10,
    memoryBytes: 3 * 2 ** 20,
    migrationTransports: ['tcp', 'rdma'],
    secModels: ['apparmor'],
  });
});

test.each([
  ['q35', 'x86_64', 'kvm', 'pc-q35-7.2'],
  ['pc-q35-7.2', 'x86_64', 'qemu', 'pc-q35-7.2'],
  ['pc', 'x86_64', 'qemu', 'pc-i440fx-7.2'],
  ['q35', 'aarch64', 'qemu', null],
  ['pc-q35-99.0', 'x86_64', 'kvm', null],
])('%s on %s by %s is %s', (machine, arch, domainType, expected) => {
  expect(resolveMachine(capabilities, { machine, arch, domainType })).toBe(expected);
});

test('an emulator goes with its architecture and domain type', () => {
  expect(emulatorFor(capabilities, { arch: 'x86_64', domainType: 'kvm' })).toBe('/usr/bin/qemu-system-x86_64');
  expect(emulatorFor(capabilities, { arch: 'aarch64', domainType: 'kvm' })).toBeNull();
});

test('a host without CPU and topology (the test driver) is read, too', () => {
  const { host, guests } = readCapabilities(
    "<capabilities><host><uuid>x</uuid></host><guest><os_type>hvm</os_type><arch name='i686'><wordsize>32</wordsize><domain type='test'/></arch></guest></capabilities>",
  );
  expect(host).toMatchObject({ cpu: null, numaCells: [], cpus: 0, memoryBytes: 0 });
  expect(guests[0]).toMatchObject({ arch: 'i686', domainTypes: ['test'], machines: [], emulator: null });
});

test('domain capabilities say what a machine may have', () => {
  const read =
    readDomainCapabilities(`<domainCapabilities><path>/usr/bin/qemu</path><domain>qemu</domain><machine>pc-q35-7.2</machine><arch>x86_64</arch><vcpu max='288'/>
    <os supported='yes'><enum name='firmware'><value>efi</value></enum><loader supported='yes'><enum name='secure'><value>no</value><value>yes</value></enum></loader></os>
    <cpu><mode name='host-passthrough' supported='no'/><mode name='host-model' supported='yes'><model fallback='forbid'>EPYC</model><vendor>AMD</vendor><feature policy='require' name='aes'/><feature policy='disable' name='vme'/></mode>
      <mode name='custom' supported='yes'><model usable='yes'>qemu64</model><model usable='no'>EPYC-Milan</model></mode></cpu>
    <devices><disk supported='yes'><enum name='diskDevice'><value>disk</value></enum><enum name='bus'><value>virtio</value><value>scsi</value></enum></disk><graphics supported='yes'><enum name='type'><value>vnc</value></enum></graphics><rng supported='yes'><enum name='backendModel'><value>random</value></enum></rng></devices>
    <features><genid supported='yes'/><backup supported='yes'/><backingStoreInput supported='no'/></features></domainCapabilities>`);
  expect(read).toEqual({
    emulator: '/usr/bin/qemu',
    domainType: 'qemu',
    machineType: 'pc-q35-7.2',
    arch: 'x86_64',
    maxVcpus: 288,
    firmwares: ['efi'],
    secureBoot: true,
    cpuModes: ['host-model', 'custom'],
    cpuModels: ['qemu64'],
    hostModel: { model: 'EPYC', vendor: 'AMD', features: ['aes'] },
    diskBuses: ['virtio', 'scsi'],
    diskDevices: ['disk'],
    graphics: ['vnc'],
    rngBackends: ['random'],
    features: { genid: true, backup: true, backingStoreInput: false, vmcoreinfo: false },
  });
});
