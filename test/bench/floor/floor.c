/*
 * The floor: what a person who knows libvirt would write in C to make the same machines, by the same calls, with the
 * same number of them under way. It knows nothing, looks nothing up, records nothing, and would not survive a crash.
 *
 *   floor make|remove DIRECTORY WORKERS CONNECTIONS-A-HOST
 *
 * DIRECTORY/hosts     a line a host:    URI network-uuid pool-uuid
 * DIRECTORY/machines  a line a machine: host-number name uuid mac address
 * DIRECTORY/<host-number>/{reservation,disk,seed,domain,stamp}.xml  patterns with @NAME@ @UUID@ @MAC@ @ADDRESS@;
 *                     what is not there is left out
 * DIRECTORY/seed.iso  what every seed is filled with
 *
 * Prints {"seconds": s, "calls": n}: the time of the loop, with all connections open before it begins.
 */
#include <errno.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_HOSTS 256
#define MAX_CONNECTIONS 8
/* not the operator's own: it would believe that the machines are its own */
#define STAMP_NS "https://virtfleet.io/bench/v1"

enum { RESERVATION, DISK, SEED, DOMAIN_XML, STAMP, PATTERNS };
static const char *const pattern_names[PATTERNS] = {"reservation", "disk", "seed", "domain", "stamp"};

struct line {
    virConnectPtr connection;
    virNetworkPtr network;
    virStoragePoolPtr pool;
};

struct host {
    char uri[512], network[64], pool[64];
    char *patterns[PATTERNS];
    struct line lines[MAX_CONNECTIONS];
};

struct machine {
    int host;
    char name[128], uuid[64], mac[32], address[32];
};

static struct host hosts[MAX_HOSTS];
static struct machine *machines;
static int host_count, machine_count, connections_a_host, removes;
static char *seed;
static size_t seed_length;
static atomic_int next_machine;
static atomic_long calls;

static void die(const char *what, const char *who) {
    virErrorPtr error = virGetLastError();
    fprintf(stderr, "floor: %s %s: %s\n", what, who, error && error->message ? error->message : strerror(errno));
    exit(1);
}

static void call(int failed, const char *what, const char *who) {
    atomic_fetch_add(&calls, 1);
    if (failed) die(what, who);
}

static char *slurp(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = malloc((size_t)size + 1);
    if (!text || fread(text, 1, (size_t)size, file) != (size_t)size) die("cannot read", path);
    text[size] = 0;
    fclose(file);
    if (length) *length = (size_t)size;
    return text;
}

/* The pattern with the machine's own values; the caller frees it. */
static char *fill(const char *pattern, const struct machine *machine) {
    const char *const keys[] = {"@NAME@", "@UUID@", "@MAC@", "@ADDRESS@"};
    const char *const values[] = {machine->name, machine->uuid, machine->mac, machine->address};
    size_t room = strlen(pattern) + 4096, used = 0;
    char *filled = malloc(room);
    if (!filled) die("cannot fill", machine->name);
    for (const char *at = pattern; *at;) {
        const char *value = NULL;
        size_t skip = 1;
        for (int k = 0; k < 4 && *at == '@'; k++)
            if (strncmp(at, keys[k], strlen(keys[k])) == 0) value = values[k], skip = strlen(keys[k]);
        size_t length = value ? strlen(value) : 1;
        if (used + length + 1 > room && !(filled = realloc(filled, room = 2 * room + length))) die("cannot fill", machine->name);
        memcpy(filled + used, value ? value : at, length);
        used += length;
        at += skip;
    }
    filled[used] = 0;
    return filled;
}

/* The name that a volume's document gives it; the caller frees it. */
static char *name_in(char *xml) {
    char *begin = strstr(xml, "<name>"), *end = strstr(xml, "</name>");
    if (!begin || !end) die("no name in", xml);
    return strndup(begin + 6, (size_t)(end - begin - 6));
}

static void upload(struct line *line, virStorageVolPtr volume, const char *who) {
    virStreamPtr stream = virStreamNew(line->connection, 0);
    call(virStorageVolUpload(volume, stream, 0, seed_length, 0) < 0, "upload", who);
    for (size_t sent = 0; sent < seed_length;) {
        int n = virStreamSend(stream, seed + sent, seed_length - sent);
        if (n < 0) die("send", who);
        sent += (size_t)n;
    }
    call(virStreamFinish(stream) < 0, "finish", who);
    virStreamFree(stream);
}

static void make(struct host *host, struct line *line, const struct machine *machine) {
    char *documents[PATTERNS];
    for (int p = 0; p < PATTERNS; p++) documents[p] = host->patterns[p] ? fill(host->patterns[p], machine) : NULL;
    if (documents[RESERVATION])
        call(virNetworkUpdate(line->network, VIR_NETWORK_UPDATE_COMMAND_ADD_LAST, VIR_NETWORK_SECTION_IP_DHCP_HOST, 0,
                              documents[RESERVATION], VIR_NETWORK_UPDATE_AFFECT_LIVE | VIR_NETWORK_UPDATE_AFFECT_CONFIG) < 0,
             "reserve", machine->name);
    for (int p = DISK; p <= SEED; p++) {
        if (!documents[p]) continue;
        virStorageVolPtr volume = virStorageVolCreateXML(line->pool, documents[p], 0);
        call(!volume, "make a volume of", machine->name);
        if (p == SEED) upload(line, volume, machine->name);
        virStorageVolFree(volume);
    }
    virDomainPtr domain = virDomainDefineXMLFlags(line->connection, documents[DOMAIN_XML], VIR_DOMAIN_DEFINE_VALIDATE);
    call(!domain, "define", machine->name);
    if (documents[STAMP])
        call(virDomainSetMetadata(domain, VIR_DOMAIN_METADATA_ELEMENT, documents[STAMP], "bench", STAMP_NS, VIR_DOMAIN_AFFECT_CONFIG) < 0,
             "stamp", machine->name);
    call(virDomainCreate(domain) < 0, "start", machine->name);
    virDomainFree(domain);
    for (int p = 0; p < PATTERNS; p++) free(documents[p]);
}

static void remove_all(struct host *host, struct line *line, const struct machine *machine) {
    virDomainPtr domain = virDomainLookupByUUIDString(line->connection, machine->uuid);
    call(!domain, "look up", machine->name);
    call(virDomainDestroy(domain) < 0, "destroy", machine->name);
    call(virDomainUndefine(domain) < 0, "undefine", machine->name);
    virDomainFree(domain);
    for (int p = DISK; p <= SEED; p++) {
        if (!host->patterns[p]) continue;
        char *xml = fill(host->patterns[p], machine), *name = name_in(xml);
        virStorageVolPtr volume = virStorageVolLookupByName(line->pool, name);
        call(!volume || virStorageVolDelete(volume, 0) < 0, "delete", name);
        virStorageVolFree(volume);
        free(name);
        free(xml);
    }
    if (host->patterns[RESERVATION]) {
        char *xml = fill(host->patterns[RESERVATION], machine);
        call(virNetworkUpdate(line->network, VIR_NETWORK_UPDATE_COMMAND_DELETE, VIR_NETWORK_SECTION_IP_DHCP_HOST, 0, xml,
                              VIR_NETWORK_UPDATE_AFFECT_LIVE | VIR_NETWORK_UPDATE_AFFECT_CONFIG) < 0,
             "give back the address of", machine->name);
        free(xml);
    }
}

static void *work(void *number) {
    int own = (int)(long)number % connections_a_host;
    for (int at; (at = atomic_fetch_add(&next_machine, 1)) < machine_count;) {
        const struct machine *machine = &machines[at];
        struct host *host = &hosts[machine->host];
        (removes ? remove_all : make)(host, &host->lines[own], machine);
    }
    return NULL;
}

static void read_directory(const char *directory) {
    char path[1024];
    snprintf(path, sizeof path, "%s/hosts", directory);
    FILE *file = fopen(path, "r");
    if (!file) die("cannot open", path);
    for (struct host *h = hosts; host_count < MAX_HOSTS && fscanf(file, "%511s %63s %63s", h->uri, h->network, h->pool) == 3; h++) {
        for (int p = 0; p < PATTERNS; p++) {
            snprintf(path, sizeof path, "%s/%d/%s.xml", directory, host_count, pattern_names[p]);
            h->patterns[p] = slurp(path, NULL);
        }
        if (!h->patterns[DOMAIN_XML]) die("no domain.xml for", h->uri);
        host_count++;
    }
    fclose(file);
    snprintf(path, sizeof path, "%s/machines", directory);
    if (!(file = fopen(path, "r"))) die("cannot open", path);
    struct machine m;
    while (fscanf(file, "%d %127s %63s %31s %31s", &m.host, m.name, m.uuid, m.mac, m.address) == 5) {
        if (m.host < 0 || m.host >= host_count) die("no such host for", m.name);
        if (!(machines = realloc(machines, sizeof m * (size_t)(machine_count + 1)))) die("cannot read", path);
        machines[machine_count++] = m;
    }
    fclose(file);
    snprintf(path, sizeof path, "%s/seed.iso", directory);
    seed = slurp(path, &seed_length);
}

static void connect_all(void) {
    for (int h = 0; h < host_count; h++) {
        for (int c = 0; c < connections_a_host; c++) {
            struct line *line = &hosts[h].lines[c];
            if (!(line->connection = virConnectOpen(hosts[h].uri))) die("cannot connect to", hosts[h].uri);
            if (!(line->network = virNetworkLookupByUUIDString(line->connection, hosts[h].network))) die("no network on", hosts[h].uri);
            if (!(line->pool = virStoragePoolLookupByUUIDString(line->connection, hosts[h].pool))) die("no pool on", hosts[h].uri);
        }
    }
}

static void silent(void *data, virErrorPtr error) {
    (void)data;
    (void)error;
}

int main(int argc, char **argv) {
    int workers = argc == 5 ? atoi(argv[3]) : 0;
    connections_a_host = argc == 5 ? atoi(argv[4]) : 0;
    if (workers < 1 || workers > 1024 || connections_a_host < 1 || connections_a_host > MAX_CONNECTIONS ||
        (strcmp(argv[1], "make") && strcmp(argv[1], "remove"))) {
        fprintf(stderr, "usage: floor make|remove DIRECTORY WORKERS CONNECTIONS-A-HOST (1 to %d)\n", MAX_CONNECTIONS);
        return 2;
    }
    removes = strcmp(argv[1], "remove") == 0;
    virSetErrorFunc(NULL, silent);
    if (virInitialize() < 0) die("cannot initialise", "libvirt");
    read_directory(argv[2]);
    connect_all();
    struct timespec begun, ended;
    pthread_t threads[1024];
    clock_gettime(CLOCK_MONOTONIC, &begun);
    for (long w = 0; w < workers; w++)
        if (pthread_create(&threads[w], NULL, work, (void *)w)) die("cannot start", "a thread");
    for (int w = 0; w < workers; w++) pthread_join(threads[w], NULL);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    double seconds = (double)(ended.tv_sec - begun.tv_sec) + (double)(ended.tv_nsec - begun.tv_nsec) / 1e9;
    printf("{\"seconds\": %.4f, \"calls\": %ld}\n", seconds, atomic_load(&calls));
    return 0;
}
