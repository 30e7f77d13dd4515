import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One node of OpenSearch in a process of its own: its folder, then its settings, each as NAME=VALUE. */
public class Node {
    public static void main(String[] given) throws Exception {
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.setMaxHttpPort(-1); // the port that is set, not the next that is free
        runner.onBuild((number, settings) -> {
            for (int place = 1; place < given.length; place++) {
                String[] setting = given[place].split("=", 2);
                settings.put(setting[0], setting[1]);
            }
        }).build("-numOfNode", "1", "-basePath", given[0]);
        Thread.currentThread().join();
    }
}
