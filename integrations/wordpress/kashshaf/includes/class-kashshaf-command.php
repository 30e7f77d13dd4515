<?php
/**
 * The command of WP-CLI.
 *
 * @package Kashshaf
 */

defined( 'ABSPATH' ) || exit;

/**
 * Sends posts to the Kashshaf server.
 */
class Kashshaf_Command {

	/**
	 * Send every published post, with its comments, to the Kashshaf server.
	 *
	 * ## EXAMPLES
	 *
	 *     wp kashshaf sync
	 */
	public function sync() {
		$state = Kashshaf_Sync::NEW_RUN;
		while ( $state['running'] ) {
			$state = Kashshaf_Sync::step( $state );
			if ( $state['error'] ) {
				WP_CLI::error( $state['error'] );
			}
			/* translators: %d: a number of posts. */
			WP_CLI::log( sprintf( __( '%d sent', 'kashshaf' ), $state['sent'] ) );
		}
		/* translators: %d: a number of posts. */
		WP_CLI::success( sprintf( __( 'All of them: %d.', 'kashshaf' ), $state['sent'] ) );
	}
}
