// LEMON's network simplex (Debian: liblemon-dev), as a library for Python and as a program of its own.
//
// The library: `solve` takes the finished values and returns each mentee's mentor, as every other solver here.
// The program: `lemon TABLE.npy PLACES.npy MATES` reads the values, solves, and writes the mentors as raw int64.
//
// These settings were the quickest of those tried: an arc for every pair that may be made and one for waiting, in a
// StaticDigraph; costs of 32 bits, none below zero, so that demands may be left open (GEQ) and nobody is sent twice;
// block search, and arcs left in their order.

#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <utility>
#include <vector>

extern "C" int solve(const int32_t *table, const int64_t *places, int mentees, int mentors, int64_t *mate) {
    using Graph = lemon::StaticDigraph;
    using Simplex = lemon::NetworkSimplex<Graph, int, int>;
    const std::size_t pairs = std::size_t(mentees) * mentors;
    const int waiting = mentees + mentors;
    int top = 0;
    std::size_t may = 0;
    for (std::size_t k = 0; k < pairs; k++) {
        top = std::max(top, table[k]);
        may += table[k] >= 0;
    }
    std::vector<std::pair<int, int>> arcs;
    std::vector<int> prices;
    arcs.reserve(may + mentees);
    prices.reserve(may + mentees);
    for (int i = 0; i < mentees; i++) {
        const int32_t *row = table + std::size_t(i) * mentors;
        for (int j = 0; j < mentors; j++)
            if (row[j] >= 0) {
                arcs.emplace_back(i, mentees + j);
                prices.push_back(top - row[j]);
            }
        arcs.emplace_back(i, waiting);
        prices.push_back(top);
    }
    Graph graph;
    graph.build(waiting + 1, arcs.begin(), arcs.end());
    Graph::ArcMap<int> cost(graph);
    for (std::size_t k = 0; k < prices.size(); k++) cost.set(graph.arc(k), prices[k]);
    Graph::NodeMap<int> supply(graph);
    for (int i = 0; i < mentees; i++) supply.set(graph.node(i), 1);
    for (int j = 0; j < mentors; j++) supply.set(graph.node(mentees + j), -int(places[j]));
    supply.set(graph.node(waiting), -mentees);
    Simplex simplex(graph, false);
    simplex.costMap(cost).supplyMap(supply).supplyType(Simplex::GEQ);
    if (simplex.run(Simplex::BLOCK_SEARCH) != Simplex::OPTIMAL) return 1;
    std::fill(mate, mate + mentees, int64_t(-1));
    for (std::size_t k = 0; k < arcs.size(); k++)
        if (arcs[k].second != waiting && simplex.flow(graph.arc(k)) > 0) mate[arcs[k].first] = arcs[k].second - mentees;
    return 0;
}

template <class Number> static std::vector<Number> read_npy(const char *path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    const std::size_t size = file.tellg();
    char head[10];
    uint16_t length;
    file.seekg(0);
    file.read(head, sizeof head);
    std::memcpy(&length, head + 8, sizeof length);
    const std::size_t start = sizeof head + length;
    std::vector<Number> numbers((size - start) / sizeof(Number));
    file.seekg(start);
    file.read(reinterpret_cast<char *>(numbers.data()), size - start);
    return numbers;
}

int main(int count, char **given) {
    if (count != 4) return 2;
    const auto table = read_npy<int32_t>(given[1]);
    const auto places = read_npy<int64_t>(given[2]);
    const int mentees = table.size() / places.size();
    std::vector<int64_t> mate(mentees);
    if (solve(table.data(), places.data(), mentees, places.size(), mate.data())) return 1;
    std::ofstream file(given[3], std::ios::binary);
    file.write(reinterpret_cast<const char *>(mate.data()), mate.size() * sizeof(int64_t));
    return file.good() ? 0 : 1;
}
